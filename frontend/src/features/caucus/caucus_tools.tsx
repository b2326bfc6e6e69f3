/** The head of the caucus's margin: how many drafts there are, bringing them to the table, and how long they are kept. */
import type { ReactElement } from "react";

import { useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { Menu } from "../../ui/menu";
import { useRoom } from "../articles/room";
import { useDoing } from "./doing";

export function CaucusTools(): ReactElement {
  const t = useMessages();
  const { agreement, drafts, pending } = useRoom();
  const begin = useDoing();
  const words = t.caucus;
  const ready = drafts.filter(({ may }) => may.includes("table"));
  return (
    <div className="margin-tools">
      <div className="row">
        <h2>
          {words.drafts(drafts.length)}
          {pending.length > 0 && ` · ${words.onTheTable(pending.length)}`}
        </h2>
        <span className="grow" />
        {agreement.me.may.includes("keep_caucus") && (
          <Menu label={t.table.more} face={<Icon name="more" />} className="button quiet small">
            <button type="button" className="button quiet" onClick={() => { begin({ kind: "retention" }); }}>
              <Icon name="clock" /> {words.retention.open}
            </button>
          </Menu>
        )}
      </div>
      {ready.length > 0 && (
        <button type="button" className="button primary small" onClick={() => { begin({ kind: "table" }); }}>
          {words.tableSome}
        </button>
      )}
      {drafts.length > 0 && ready.length === 0 && <p className="soft fine">{words.mayNotTable}</p>}
    </div>
  );
}
