/** All that one was told, of every agreement or of one; and for one, how one wants to be told by mail. */
import "./notices.css";

import { type ReactElement, useState } from "react";
import { Link } from "wouter";

import { isProblem } from "../../api/problems";
import { useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { problemText } from "../../ui/problem_text";
import { useTitle } from "../../ui/title";
import { Waiting } from "../../ui/waiting";
import { useAgreement } from "../agreements/queries";
import { NotFound } from "../app/not_found";
import { Shell } from "../app/shell";
import { NoticeLine } from "./notice_line";
import { PreferencesForm } from "./preferences_form";
import { useNotices, useReading } from "./queries";

export function NoticesPage(): ReactElement {
  const t = useMessages();
  useTitle(t.notices.title);
  return (
    <Shell>
      <h1>{t.notices.title}</h1>
      <NoticeList agreement={null} />
    </Shell>
  );
}

export function AgreementNoticesPage({ id }: { id: string }): ReactElement {
  const t = useMessages();
  const agreement = useAgreement(id);
  useTitle(`${t.notices.title}: ${agreement.data?.title ?? ""}`);
  if (isProblem(agreement.error) && agreement.error.status === 404) return <NotFound />;
  if (!agreement.data) return <Shell><Waiting /></Shell>;
  return (
    <Shell>
      <div>
        <Link href={`/agreements/${id}`} className="button quiet small back-to-page">
          <Icon name="back" />
          {agreement.data.title}
        </Link>
        <h1>{t.notices.title}</h1>
      </div>
      <NoticeList agreement={id} />
      <PreferencesForm agreement={agreement.data} />
    </Shell>
  );
}

function NoticeList({ agreement }: { agreement: string | null }): ReactElement {
  const t = useMessages();
  const [isUnreadOnly, setIsUnreadOnly] = useState(false);
  const found = useNotices(agreement, isUnreadOnly);
  const reading = useReading();
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  const unread = found.data?.pages[0]?.unread ?? 0;
  return (
    <section className="stack" aria-label={t.notices.title}>
      <div className="column-head">
        <div className="row" role="group" aria-label={t.notices.title}>
          {([false, true] as const).map((only) => (
            <button key={String(only)} type="button" className="button small" aria-pressed={only === isUnreadOnly} onClick={() => { setIsUnreadOnly(only); }}>
              {only ? t.notices.show.unread : t.notices.show.all}
            </button>
          ))}
        </div>
        {unread > 0 && (
          <button
            type="button"
            className="button small"
            onClick={() => { reading.mutate({ all: true, ...(agreement !== null && { agreement_id: agreement }) }); }}
          >
            {t.notices.markAll}
          </button>
        )}
      </div>
      {found.isPending && <Waiting />}
      {found.isError && <p className="note bad" role="alert">{problemText(t, found.error)}</p>}
      {found.isSuccess && items.length === 0 && (
        <div className="note">
          <strong>{isUnreadOnly ? t.notices.noneUnread : t.notices.none.title}</strong>
          {!isUnreadOnly && <p>{t.notices.none.body}</p>}
        </div>
      )}
      {items.length > 0 && (
        <ul className="notice-list">
          {items.map((notice) => (
            <li key={notice.id}>
              <NoticeLine notice={notice} named={agreement === null} />
            </li>
          ))}
        </ul>
      )}
      {found.hasNextPage && (
        <div>
          <button type="button" className="button" disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {t.notices.older}
          </button>
        </div>
      )}
    </section>
  );
}
