/** The signed agreement in its last dress: the text, the signatures, the seal, and how to take it away and verify it. */
import "../articles/table.css";
import "../articles/page.css";
import "./final.css";

import { useQuery } from "@tanstack/react-query";
import { Fragment, type ReactElement } from "react";
import { Link } from "wouter";

import { api } from "../../api/client";
import type { Agreement, FinalText } from "../../api/types";
import { exactly, onDay } from "../../i18n/moments";
import { useLocale, useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { PartyName } from "../../ui/party_mark";
import { problemText } from "../../ui/problem_text";
import { useTitle } from "../../ui/title";
import { Waiting } from "../../ui/waiting";
import { AccountMenu } from "../app/account_menu";
import { useArrivalOnPage } from "../articles/arrival";
import { Reading } from "../articles/reading";
import { partyIndex, partyName } from "../articles/room";
import { Downloads } from "./downloads";
import { Fingerprint } from "./fingerprint";

export function FinalPage({ agreement }: { agreement: Agreement }): ReactElement {
  const t = useMessages();
  const final = useQuery({
    queryKey: ["agreement", agreement.id, "final"],
    queryFn: ({ signal }) => api.get<FinalText>(`/agreements/${agreement.id}/final`, undefined, signal),
    staleTime: Infinity,
  });
  useTitle(agreement.title);
  return (
    <>
      <a className="skip" href="#content">
        {t.app.skip}
      </a>
      <header className="bar">
        <Link href="/" className="button quiet">
          <Icon name="back" />
          {t.app.agreements}
        </Link>
        <span className="grow" />
        <span className="badge good">
          <Icon name="seal" size={15} />
          {t.agreements.stages.signed}
        </span>
        <AccountMenu />
      </header>
      {final.isPending && <Waiting />}
      {final.isError && <p className="note bad">{problemText(t, final.error)}</p>}
      {final.data && <Final agreement={agreement} final={final.data} />}
    </>
  );
}

function Final({ agreement, final }: { agreement: Agreement; final: FinalText }): ReactElement {
  const t = useMessages();
  const locale = useLocale();
  useArrivalOnPage(true);
  const last = final.signatures.at(-1);
  return (
    <div className="final">
      <main className="paper-page final-paper" id="content" tabIndex={-1}>
        <header className="final-head">
          <Seal text={t.record.final.seal} />
          <h1 className="agreement-title">{final.title}</h1>
          {last && <p className="soft">{t.record.final.since(onDay(locale, last.at))}</p>}
        </header>
        <Reading articles={final.articles} />
        <Signatures agreement={agreement} final={final} />
      </main>
      <aside className="final-side">
        <Downloads agreement={agreement.id} title={final.title} />
        <section className="sheet">
          <Fingerprint label={t.record.final.hash} hash={final.content_hash} hint={t.record.sign.hashHint} />
        </section>
        <section className="sheet" aria-labelledby="verify">
          <h2 id="verify">{t.record.final.verify}</h2>
          <ol className="verify-steps">
            {t.record.final.verifySteps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <Command text={t.record.final.command} />
          <a className="fine" href="/.well-known/jwks.json" download="jwks.json">
            {t.record.final.keys}
          </a>
        </section>
        <Link href={`/agreements/${agreement.id}/history`} className="button">
          <Icon name="history" />
          {t.record.final.toRecord}
        </Link>
      </aside>
    </div>
  );
}

/** A command that breaks only before an option, never within one. */
function Command({ text }: { text: string }): ReactElement {
  return (
    <code className="command">
      {text.split(/(?= --)/).map((part) => (
        <Fragment key={part}>
          {part.startsWith(" ") && " "}
          <span>{part.trim()}</span>
        </Fragment>
      ))}
    </code>
  );
}

function Seal({ text }: { text: string }): ReactElement {
  return (
    <div className="seal" aria-hidden="true">
      <Icon name="seal" size={44} />
      <span>{text}</span>
    </div>
  );
}

function Signatures({ agreement, final }: { agreement: Agreement; final: FinalText }): ReactElement {
  const t = useMessages();
  const locale = useLocale();
  return (
    <section className="signatures" aria-labelledby="signatures">
      <h2 id="signatures">{t.record.final.signatures}</h2>
      <ul>
        {final.signatures.map(({ party, name, statement, at }) => (
          <li key={party}>
            <p className="signed-name">{name}</p>
            <p className="signed-for">
              <PartyName index={partyIndex(agreement, party)} name={t.record.final.for(partyName(agreement, party))} />
            </p>
            <p className="soft">{statement}</p>
            <time className="soft fine" dateTime={at}>
              {exactly(locale, at)}
            </time>
          </li>
        ))}
      </ul>
    </section>
  );
}
