/** The bell: how much is unread, and the latest of it at hand. */
import "./notices.css";

import type { ReactElement } from "react";
import { Link } from "wouter";

import type { Notice } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import type { LiveLayer } from "../../sync";
import { Icon } from "../../ui/icons";
import { Menu } from "../../ui/menu";
import { useMe } from "../accounts/me";
import { NoticeLine } from "./notice_line";
import { useLatest, useNewsOf, useReading } from "./queries";

type Props = { agreement?: string; live?: LiveLayer | null; visit?: (notice: Notice) => boolean };

const MOST_SHOWN = 99;

export function Bell(props: Props): ReactElement | null {
  const me = useMe();
  return me.data ? <Rung {...props} /> : null;
}

function Rung({ agreement, live = null, visit }: Props): ReactElement {
  const t = useMessages();
  const latest = useLatest();
  const reading = useReading();
  useNewsOf(agreement ?? null, live);
  const unread = latest.data?.unread ?? 0;
  const several = new Set(latest.data?.items.map(({ agreement_id }) => agreement_id)).size > 1;
  const face = (
    <>
      <Icon name="bell" size={20} />
      {unread > 0 && <span className="bell-count">{unread > MOST_SHOWN ? `${String(MOST_SHOWN)}+` : unread}</span>}
    </>
  );
  return (
    <Menu label={t.notices.bell(unread)} face={face} className="button quiet bell">
      <div className="bell-list">
        <div className="bell-head">
          <strong>{t.notices.title}</strong>
          {unread > 0 && (
            <button type="button" className="button quiet small" onClick={() => { reading.mutate({ all: true }); }}>
              {t.notices.markAll}
            </button>
          )}
        </div>
        {latest.data?.items.length === 0 && <p className="soft bell-none">{t.notices.none.body}</p>}
        {latest.data?.items.map((notice) => <NoticeLine key={notice.id} notice={notice} named={several || !agreement} visit={visit} />)}
        <Link href="/notices" className="button quiet small bell-all">
          {t.notices.all}
        </Link>
      </div>
    </Menu>
  );
}
