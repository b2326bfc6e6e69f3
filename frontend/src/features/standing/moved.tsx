/** What moved since a moment, article by article and clause by clause, for three audiences. */
import { type ReactElement, useState } from "react";
import { Link } from "wouter";

import type { Agreement, Moved, Movements } from "../../api/types";
import { exactly } from "../../i18n/moments";
import { useLocale, useMessages } from "../../i18n/messages";
import { PartyName } from "../../ui/party_mark";
import { problemText } from "../../ui/problem_text";
import { Waiting } from "../../ui/waiting";
import { toSuggestion } from "../articles/arrival";
import { partyIndex, partyName } from "../articles/room";
import { Marked } from "./marked";
import { type Since, type Told, useMovements } from "./queries";
import { standingName } from "./standings";

const SINCES: Since[] = ["day", "week", "month", "begin"];
const TOLD: Told[] = ["party", "table", "members"];

export function WhatMoved({ agreement, began }: { agreement: Agreement; began: string }): ReactElement {
  const t = useMessages();
  const words = t.standing.moved;
  const [since, setSince] = useState<Since>("week");
  const [told, setTold] = useState<Told>("table");
  const movements = useMovements(agreement.id, since, told, began);
  return (
    <section aria-labelledby="what-moved">
      <div className="standing-title">
        <h2 id="what-moved">{words.title}</h2>
        <label>
          <span>{words.since}</span>
          <select className="input" value={since} onChange={(event) => { setSince(event.target.value as Since); }}>
            {SINCES.map((each) => (
              <option key={each} value={each}>
                {words.sinces[each]}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>{words.audience}</span>
          <select className="input" value={told} onChange={(event) => { setTold(event.target.value as Told); }}>
            {TOLD.map((each) => (
              <option key={each} value={each}>
                {words.audiences[each]}
              </option>
            ))}
          </select>
        </label>
      </div>
      {movements.isError && <p className="note bad">{problemText(t, movements.error)}</p>}
      {movements.isPending && <Waiting />}
      {movements.data && <Told agreement={agreement} movements={movements.data} />}
    </section>
  );
}

function Told({ agreement, movements }: { agreement: Agreement; movements: Movements }): ReactElement {
  const t = useMessages();
  const words = t.standing.moved;
  const { audience, articles, to_answer } = movements;
  return (
    <>
      {audience === "party" && <p className="standing-answer">{to_answer.length > 0 ? words.toAnswer(to_answer.length) : words.noneToAnswer}</p>}
      {articles.length === 0 && <p className="soft">{words.nothing}</p>}
      {articles.map((article) => (
        <article key={article.id} className="sheet moved-article">
          <header>
            <h3>{article.title}</h3>
            <p className="soft fine">
              {article.stood === article.stands
                ? standingName(t.standing, article.stands)
                : words.from(standingName(t.standing, article.stood), standingName(t.standing, article.stands))}
            </p>
          </header>
          {article.deeds.length > 0 && <Deeds agreement={agreement} deeds={article.deeds} />}
          {article.clauses.map((clause) => (
            <section key={clause.number ?? ""} className="moved-clause">
              {(clause.number !== null || article.clauses.length > 1) && <h4>{clause.number === null ? words.whole : words.clause(clause.number)}</h4>}
              {clause.moved.map((moved) => (
                <OneMoved key={moved.suggestion} agreement={agreement} moved={moved} />
              ))}
            </section>
          ))}
        </article>
      ))}
    </>
  );
}

function OneMoved({ agreement, moved }: { agreement: Agreement; moved: Moved }): ReactElement {
  const t = useMessages();
  const words = t.standing.moved;
  const status = (words.statuses as Record<string, string>)[moved.status] ?? moved.status;
  return (
    <div className="moved">
      <p className="moved-head">
        <PartyName index={partyIndex(agreement, moved.party)} name={partyName(agreement, moved.party)} />
        {moved.author && <span className="soft">{moved.author}</span>}
        <span className={`badge status-${moved.status}`}>{status}</span>
      </p>
      <blockquote className="moved-words">
        {moved.status === "pending" ? (
          <Link href={toSuggestion(agreement.id, moved.suggestion)}>
            <Marked stretches={moved.difference} />
          </Link>
        ) : (
          <Marked stretches={moved.difference} />
        )}
      </blockquote>
      <Deeds agreement={agreement} deeds={moved.deeds} />
      {moved.awaiting.length > 0 && (
        <p className="moved-awaits">{words.awaits(moved.awaiting.map((party) => partyName(agreement, party)).join(", "))}</p>
      )}
    </div>
  );
}

/** Whether it follows from what the parties did, and is nobody's act alone. */
export function isOutcome(kind: string): boolean {
  return /\.(?:enacted|tentative|reopened|added|moved|retitled|struck)$/.test(kind);
}

function Deeds({ agreement, deeds }: { agreement: Agreement; deeds: Moved["deeds"] }): ReactElement {
  const t = useMessages();
  const locale = useLocale();
  const { deeds: names } = t.standing.moved;
  return (
    <ol className="deeds">
      {deeds.map(({ seq, at, kind, party, member, reason }) => (
        <li key={seq}>
          <time dateTime={at} title={exactly(locale, at)}>
            {new Intl.DateTimeFormat(locale, { dateStyle: "medium" }).format(new Date(at))}
          </time>
          <span>
            {[isOutcome(kind) ? null : (member ?? (party === null ? null : partyName(agreement, party))), names[kind.slice(kind.indexOf(".") + 1)] ?? kind].filter(Boolean).join(" ")}
            {reason && <em>: {t.app.quote(reason)}</em>}
          </span>
        </li>
      ))}
    </ol>
  );
}
