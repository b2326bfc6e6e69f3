/** The head of the caucus's margin: how many drafts there are, bringing them to the table, and how long they are kept. */
import { type ReactElement, useState } from "react";

import { useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { Menu } from "../../ui/menu";
import { useRoom } from "../articles/room";
import { RetentionDialog } from "./retention_dialog";
import { TablingDialog } from "./tabling_dialog";

export function CaucusTools(): ReactElement {
  const t = useMessages();
  const { agreement, drafts, pending } = useRoom();
  const [open, setOpen] = useState<"tabling" | "retention" | null>(null);
  const words = t.caucus;
  const ready = drafts.filter(({ may }) => may.includes("table"));
  const close = (): void => { setOpen(null); };
  return (
    <div className="margin-tools">
      <div className="row">
        <h2>
          {words.drafts(drafts.length)}
          {pending.length > 0 && ` · ${words.onTheTable(pending.length)}`}
        </h2>
        <span className="grow" />
        {(agreement.me.may as string[]).includes("keep_caucus") && (
          <Menu label={t.table.more} face={<Icon name="more" />} className="button quiet small">
            <button type="button" className="button quiet" onClick={() => { setOpen("retention"); }}>
              <Icon name="clock" /> {words.retention.open}
            </button>
          </Menu>
        )}
      </div>
      {ready.length > 0 && (
        <button type="button" className="button primary small" onClick={() => { setOpen("tabling"); }}>
          {words.tableSome}
        </button>
      )}
      {drafts.length > 0 && ready.length === 0 && <p className="soft fine">{words.mayNotTable}</p>}
      {open === "tabling" && <TablingDialog onClose={close} />}
      {open === "retention" && <RetentionDialog onClose={close} />}
    </div>
  );
}
