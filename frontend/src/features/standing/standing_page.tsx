/** Where the parties stand: for a room that looks at it together, on a projector, a phone or paper. */
import "./standing.css";

import type { ReactElement } from "react";
import { Link } from "wouter";

import { isProblem } from "../../api/problems";
import type { Agreement, Progress } from "../../api/types";
import { exactly, onDay } from "../../i18n/moments";
import { useLocale, useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { PartyName } from "../../ui/party_mark";
import { problemText } from "../../ui/problem_text";
import { useTitle } from "../../ui/title";
import { Waiting } from "../../ui/waiting";
import { useAgreement } from "../agreements/queries";
import { AccountMenu } from "../app/account_menu";
import { NotFound } from "../app/not_found";
import { partyIndex, partyName } from "../articles/room";
import { WhatMoved } from "./moved";
import { Plots } from "./plots";
import { PositionsByArticle } from "./positions";
import { useProgress } from "./queries";
import { STANDINGS, standingName } from "./standings";
import { TakeAway } from "./take_away";

export function StandingPage({ id }: { id: string }): ReactElement {
  const t = useMessages();
  const agreement = useAgreement(id);
  const progress = useProgress(id);
  useTitle(`${t.standing.title}: ${agreement.data?.title ?? ""}`);
  const failed = agreement.error ?? progress.error;
  if (isProblem(failed) && failed.status === 404) return <NotFound />;
  return (
    <>
      <a className="skip" href="#content">
        {t.app.skip}
      </a>
      <header className="bar">
        <Link href={`/agreements/${id}`} className="button quiet">
          <Icon name="back" />
          <span className="standing-back">{agreement.data?.title ?? t.app.agreements}</span>
        </Link>
        <span className="grow" />
        <button type="button" className="button quiet" aria-label={t.standing.print} onClick={() => { window.print(); }}>
          <Icon name="printer" />
          <span className="standing-print">{t.standing.print}</span>
        </button>
        <AccountMenu />
      </header>
      <main className="standing" id="content" tabIndex={-1}>
        {failed && <p className="note bad">{problemText(t, failed)}</p>}
        {agreement.data && progress.data ? <Standing agreement={agreement.data} progress={progress.data} /> : !failed && <Waiting />}
      </main>
    </>
  );
}

function Standing({ agreement, progress }: { agreement: Agreement; progress: Progress }): ReactElement {
  const t = useMessages();
  const locale = useLocale();
  return (
    <>
      <div className="standing-head">
        <h1>{t.standing.title}</h1>
        <p className="soft">
          {agreement.title} · {t.standing.asOf(exactly(locale, progress.moment.at))}
        </p>
      </div>
      <div className="standing-top">
        <ArticlesBar progress={progress} />
        <Owed agreement={agreement} progress={progress} />
      </div>
      <WhatMoved agreement={agreement} began={progress.began_at} />
      <PositionsByArticle agreement={agreement} />
      <Plots agreement={agreement} progress={progress} />
      <TakeAway agreement={agreement} />
    </>
  );
}

/** One piece an article, in the agreement's order, each dressed by its standing; the same is told in words below. */
function ArticlesBar({ progress }: { progress: Progress }): ReactElement {
  const t = useMessages();
  const words = t.standing;
  const all = progress.articles.length;
  const done = progress.counts["tentative"] ?? 0;
  return (
    <section className="sheet" aria-labelledby="bar-of-articles">
      <h2 id="bar-of-articles">{words.progress}</h2>
      <p className="standing-large">{words.closed(done, all)}</p>
      <div className="standing-bar" role="progressbar" aria-valuenow={done} aria-valuemin={0} aria-valuemax={all} aria-label={words.closed(done, all)}>
        {progress.articles.map(({ id, title, standing }) => (
          <span key={id} className={`piece-${standing}`} title={`${title}: ${standingName(words, standing)}`} />
        ))}
      </div>
      <ul className="standing-legend">
        {STANDINGS.map((standing) => (
          <li key={standing}>
            <span className={`legend-piece piece-${standing}`} />
            {words.standings[standing]} <strong>{progress.counts[standing] ?? 0}</strong>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Owed({ agreement, progress }: { agreement: Agreement; progress: Progress }): ReactElement {
  const t = useMessages();
  const locale = useLocale();
  const { pace } = progress;
  return (
    <section className="sheet" aria-labelledby="owed">
      <h2 id="owed">{t.standing.owed}</h2>
      <ul className="owed">
        {progress.outstanding.map(({ party, answers, oldest_since }) => (
          <li key={party}>
            <PartyName index={partyIndex(agreement, party)} name={partyName(agreement, party)} />
            <strong>{answers > 0 ? t.standing.owes(answers) : t.standing.owesNothing}</strong>
            {oldest_since && <span className="soft fine">{t.standing.longest(onDay(locale, oldest_since))}</span>}
          </li>
        ))}
      </ul>
      <p className="soft fine">
        {t.standing.pace(pace.enacted_in_7_days, pace.closed_in_7_days)}{" "}
        {pace.median_hours_to_decision !== null && t.standing.median(Math.max(1, pace.median_hours_to_decision))}
      </p>
    </section>
  );
}
