/** The history of an agreement, from the ledger: who, when, for which party, and what. */
import "./history.css";

import { Fragment, type ReactElement, useMemo } from "react";
import { Link } from "wouter";

import { isProblem } from "../../api/problems";
import type { Agreement, Entry } from "../../api/types";
import { exactly, onDay } from "../../i18n/moments";
import { useLocale, useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { PartyShape } from "../../ui/party_mark";
import { problemText } from "../../ui/problem_text";
import { useTitle } from "../../ui/title";
import { Waiting } from "../../ui/waiting";
import { useAgreement } from "../agreements/queries";
import { NotFound } from "../app/not_found";
import { Shell } from "../app/shell";
import { partyIndex, partyName } from "../articles/room";
import { isConsequence, sayings, tell } from "./acts";
import { useHistory } from "./queries";

export function HistoryPage({ id }: { id: string }): ReactElement {
  const t = useMessages();
  const agreement = useAgreement(id);
  useTitle(`${t.record.history.title}: ${agreement.data?.title ?? ""}`);
  if (isProblem(agreement.error) && agreement.error.status === 404) return <NotFound />;
  return <Shell>{agreement.data ? <History agreement={agreement.data} /> : <Waiting />}</Shell>;
}

function History({ agreement }: { agreement: Agreement }): ReactElement {
  const t = useMessages();
  const words = t.record.history;
  const history = useHistory(agreement.id);
  const entries = history.data?.pages.flatMap(({ items }) => items.toReversed()) ?? [];
  return (
    <>
      <div>
        <Link href={`/agreements/${agreement.id}`} className="button quiet small">
          <Icon name="back" />
          {agreement.title}
        </Link>
        <h1>{words.title}</h1>
        <p className="soft">{words.intro}</p>
      </div>
      {history.isPending && <Waiting />}
      {history.isError && <p className="note bad">{problemText(t, history.error)}</p>}
      <Days agreement={agreement} entries={entries} />
      {history.hasNextPage && (
        <div>
          <button type="button" className="button" disabled={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
            {words.older}
          </button>
        </div>
      )}
      <p className="soft fine">{words.chain}</p>
    </>
  );
}

function Days({ agreement, entries }: { agreement: Agreement; entries: Entry[] }): ReactElement {
  const t = useMessages();
  const locale = useLocale();
  const said = useMemo(() => sayings(t, entries), [t, entries]);
  const days = new Map<string, Entry[]>();
  for (const entry of entries) {
    const day = onDay(locale, entry.at);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return (
    <div className="history">
      {[...days].map(([day, acts]) => (
        <Fragment key={day}>
          <h2>{day}</h2>
          <ol>
            {acts.map((entry) => (
              <HistoryEntry key={entry.seq} agreement={agreement} entry={entry} said={said} />
            ))}
          </ol>
        </Fragment>
      ))}
    </div>
  );
}

type EntryProps = { agreement: Agreement; entry: Entry; said: ReadonlyMap<string, string> };

function HistoryEntry({ agreement, entry, said }: EntryProps): ReactElement {
  const t = useMessages();
  const locale = useLocale();
  const { act, detail, reason } = tell(t, agreement, entry, said);
  const who = isConsequence(entry) ? null : entry.member?.name;
  const time = new Intl.DateTimeFormat(locale, { timeStyle: "short" }).format(new Date(entry.at));
  return (
    <li id={`entry-${String(entry.seq)}`}>
      <time dateTime={entry.at} title={exactly(locale, entry.at)}>
        {time}
      </time>
      <span className="history-sign">{entry.party && <PartyShape index={partyIndex(agreement, entry.party)} label={partyName(agreement, entry.party)} />}</span>
      <div>
        <p>
          {who && <strong>{who} </strong>}
          {act}
        </p>
        {detail && <p className="history-detail">{detail}</p>}
        {reason && <p className="history-reason">{t.app.quote(reason)}</p>}
        <details className="history-proof">
          <summary>{t.record.history.entry(entry.seq)}</summary>
          <code>{entry.hash}</code>
        </details>
      </div>
    </li>
  );
}
