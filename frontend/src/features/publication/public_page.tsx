/** What anybody may read without a login: as far as the parties opened it, laid out by the service. */
import "../articles/table.css";
import "../articles/page.css";
import "../rules/rules.css";
import "./public.css";

import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";

import { api } from "../../api/client";
import { isProblem } from "../../api/problems";
import type { PublicAgreement, PublicNotices } from "../../api/types";
import { onDay } from "../../i18n/moments";
import { useLocale, useMessages } from "../../i18n/messages";
import { PartyName } from "../../ui/party_mark";
import { problemText } from "../../ui/problem_text";
import { useTitle } from "../../ui/title";
import { Waiting } from "../../ui/waiting";
import { AccountMenu } from "../app/account_menu";
import { Reading } from "../articles/reading";

const isMissing = (error: unknown): boolean => isProblem(error) && error.status === 404;

export function PublicPage({ id }: { id: string }): ReactElement {
  const t = useMessages();
  const path = `/public/agreements/${encodeURIComponent(id)}`;
  const page = useQuery({ queryKey: ["public", id], queryFn: ({ signal }) => api.get<PublicAgreement>(path, undefined, signal), retry: false });
  const notices = useQuery({ queryKey: ["public", id, "notices"], queryFn: ({ signal }) => api.get<PublicNotices>(`${path}/notices`, undefined, signal), retry: false });
  useTitle(page.data?.title ?? notices.data?.title ?? "");
  const isClosed = isMissing(page.error);
  return (
    <>
      <a className="skip" href="#content">
        {t.app.skip}
      </a>
      <header className="bar">
        <span className="wordmark">{t.app.name}</span>
        <span className="grow" />
        <AccountMenu />
      </header>
      <main className="public-page" id="content" tabIndex={-1}>
        {page.isPending && <Waiting />}
        {page.isError && !isClosed && <p className="note bad" role="alert">{problemText(t, page.error)}</p>}
        {isClosed && !notices.isPending && <Closed title={notices.data?.title} />}
        {page.data && <Opened page={page.data} />}
        {notices.data && <Notices notices={notices.data} />}
      </main>
    </>
  );
}

function Closed({ title }: { title: string | undefined }): ReactElement {
  const words = useMessages().sessions.publicPage;
  return (
    <section className="sheet stack">
      <h1>{title ?? words.closed}</h1>
      {title && <p>{words.closed}.</p>}
      <p className="soft">{words.closedBody}</p>
    </section>
  );
}

function Opened({ page }: { page: PublicAgreement }): ReactElement {
  const t = useMessages();
  const words = t.sessions.publicPage;
  return (
    <article className="paper-page public-paper">
      <header>
        <h1 className="agreement-title">{page.title}</h1>
        <p className="row public-parties">
          <span className="soft">{words.between}</span>
          {page.parties.map(({ key, name }, index) => (
            <PartyName key={key} index={index} name={name} />
          ))}
          <span className="badge">{t.agreements.stages[page.status]}</span>
        </p>
        <p className="soft fine">{words.intro[page.sees]}</p>
      </header>
      {page.articles.length === 0 && <p className="soft">{words.nothingYet}</p>}
      {page.articles.map((article) => (
        <div key={article.id} className="public-article">
          <p className={article.standing === "tentative" ? "badge good" : "badge"}>{words.standings[article.standing] ?? article.standing}</p>
          <Reading articles={[article]} />
          {article.proposals.length > 0 && <Proposals page={page} proposals={article.proposals} />}
        </div>
      ))}
    </article>
  );
}

type ProposalsProps = { page: PublicAgreement; proposals: PublicAgreement["articles"][number]["proposals"] };

function Proposals({ page, proposals }: ProposalsProps): ReactElement {
  const t = useMessages();
  const locale = useLocale();
  const words = t.sessions.publicPage;
  const named = (key: string): string => page.parties.find((party) => party.key === key)?.name ?? key;
  return (
    <section className="public-proposals" aria-label={words.proposals}>
      <h3>{words.proposals}</h3>
      {proposals.map((proposal, index) => (
        <div key={index} className="public-proposal">
          <p className="row">
            <PartyName index={page.parties.findIndex(({ key }) => key === proposal.party)} name={words.proposes(named(proposal.party))} />
            <time className="soft fine" dateTime={proposal.tabled_at}>{onDay(locale, proposal.tabled_at)}</time>
          </p>
          <dl>
            {proposal.before && (
              <div>
                <dt>{words.now}</dt>
                <dd>{proposal.before}</dd>
              </div>
            )}
            <div>
              <dt>{words.then}</dt>
              <dd>{proposal.after}</dd>
            </div>
          </dl>
          {proposal.reason && <p className="history-reason">{t.app.quote(proposal.reason)}</p>}
        </div>
      ))}
    </section>
  );
}

function Notices({ notices }: { notices: PublicNotices }): ReactElement {
  const locale = useLocale();
  const words = useMessages().sessions.publicPage;
  return (
    <section className="sheet stack" aria-labelledby="notices">
      <h2 id="notices">{words.notices}</h2>
      {notices.items.map((one) => (
        <blockquote key={one.id} className="public-notice">
          <p>{one.content}</p>
          <footer className="soft fine">{words.postedBy(notices.parties[one.party] ?? one.party, onDay(locale, one.at))}</footer>
        </blockquote>
      ))}
    </section>
  );
}
