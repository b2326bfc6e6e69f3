/** The history of an agreement, from the ledger: who, when, for which party, and what. */
import "./history.css";

import { Fragment, type ReactElement, useEffect, useMemo, useState } from "react";
import { Link } from "wouter";

import { isProblem } from "../../api/problems";
import type { Agreement, Entry, Suggestion } from "../../api/types";
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
import { toArticle, toSuggestion } from "../articles/arrival";
import { partyIndex, partyName } from "../articles/room";
import { usePendingSuggestions } from "../suggestions/queries";
import { TakeAway } from "../standing/take_away";
import { sentence } from "../suggestions/sentence";
import { articleOf, articlesOf, isConsequence, sayings, suggestionOf, tell } from "./acts";
import { EVERYTHING, HistoryFilterForm, isShown } from "./history_filters";
import { useHistory } from "./queries";
import { TurningBack } from "./turning_back";

export function HistoryPage({ id }: { id: string }): ReactElement {
  const t = useMessages();
  const agreement = useAgreement(id);
  useTitle(`${t.record.history.title}: ${agreement.data?.title ?? ""}`);
  if (isProblem(agreement.error) && agreement.error.status === 404) return <NotFound />;
  return <Shell>{agreement.data ? <History agreement={agreement.data} /> : <Waiting />}</Shell>;
}

/** With filters on, older pages are read by themselves until this many acts are shown. */
const ENOUGH = 20;
const NONE: Suggestion[] = [];

function History({ agreement }: { agreement: Agreement }): ReactElement {
  const t = useMessages();
  const words = t.record.history;
  const history = useHistory(agreement.id);
  const [filters, setFilters] = useState(EVERYTHING);
  const entries = useMemo(() => history.data?.pages.flatMap(({ items }) => items.toReversed()) ?? [], [history.data]);
  const places = useMemo(() => articlesOf(entries), [entries]);
  const shown = entries.filter((entry) => isShown(filters, entry, places));
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = history;
  const isShort = filters !== EVERYTHING && shown.length < ENOUGH;

  useEffect(() => {
    if (isShort && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [isShort, hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <>
      <div>
        <Link href={`/agreements/${agreement.id}`} className="button quiet small history-back">
          <Icon name="back" />
          {agreement.title}
        </Link>
        <h1>{words.title}</h1>
        <p className="soft">{words.intro}</p>
      </div>
      <TurningBack agreement={agreement} />
      <div className="history-acts">
        <h2>{t.standing.back.acts}</h2>
        <TakeAway agreement={agreement} forms={["csv"]} />
      </div>
      {history.isPending && <Waiting />}
      {history.isError && <p className="note bad">{problemText(t, history.error)}</p>}
      <HistoryFilterForm agreement={agreement} filters={filters} onChange={setFilters} />
      {shown.length === 0 && entries.length > 0 && !hasNextPage && <p className="soft">{words.none}</p>}
      <Days agreement={agreement} entries={shown} all={entries} places={places} />
      {hasNextPage && (
        <div>
          <button type="button" className="button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {words.older}
          </button>
        </div>
      )}
      <p className="soft fine">{words.chain}</p>
    </>
  );
}

type DaysProps = { agreement: Agreement; entries: Entry[]; all: Entry[]; places: ReadonlyMap<string, string> };

function Days({ agreement, entries, all, places }: DaysProps): ReactElement {
  const t = useMessages();
  const locale = useLocale();
  const { data: pending = NONE } = usePendingSuggestions(agreement.id);
  const open = useMemo(() => new Map(pending.map((suggestion) => [suggestion.id, sentence(t, suggestion)])), [t, pending]);
  const said = useMemo(() => new Map([...open, ...sayings(t, all)]), [t, open, all]);
  /** To the suggestion while it is open, afterwards to its article. */
  const where = (entry: Entry): string | null => {
    const [suggestion, article] = [suggestionOf(entry.payload), articleOf(entry, places)];
    if (suggestion !== null && open.has(suggestion)) return toSuggestion(agreement.id, suggestion);
    return article === null ? null : toArticle(agreement.id, article);
  };
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
              <HistoryEntry key={entry.seq} agreement={agreement} entry={entry} said={said} where={where(entry)} />
            ))}
          </ol>
        </Fragment>
      ))}
    </div>
  );
}

type EntryProps = { agreement: Agreement; entry: Entry; said: ReadonlyMap<string, string>; where: string | null };

function HistoryEntry({ agreement, entry, said, where }: EntryProps): ReactElement {
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
        <div className="history-foot">
          {where !== null && (
            <Link href={where}>
              {t.record.history.show}
            </Link>
          )}
          <details className="history-proof">
            <summary>{t.record.history.entry(entry.seq)}</summary>
            <code>{entry.hash}</code>
          </details>
        </div>
      </div>
    </li>
  );
}
