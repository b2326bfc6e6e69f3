/** One's agreements, each with its stage and what waits in it. */
import "./agreements.css";

import type { ReactElement } from "react";
import { Link } from "wouter";

import type { AgreementSummary } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { PartyName } from "../../ui/party_mark";
import { problemText } from "../../ui/problem_text";
import { useTitle } from "../../ui/title";
import { Waiting } from "../../ui/waiting";
import { Shell } from "../app/shell";
import { useAgreements } from "./queries";

export function AgreementsPage(): ReactElement {
  const t = useMessages();
  const agreements = useAgreements();
  useTitle(t.agreements.title);
  return (
    <Shell>
      <div className="column-head">
        <h1>{t.agreements.title}</h1>
        {agreements.data && agreements.data.length > 0 && <StartLink />}
      </div>
      {agreements.isPending && <Waiting />}
      {agreements.isError && (
        <p className="note bad" role="alert">
          {problemText(t, agreements.error)}
        </p>
      )}
      {agreements.data?.length === 0 && <FirstVisit />}
      <ul className="agreements">
        {agreements.data?.map((agreement) => (
          <li key={agreement.id}>
            <AgreementCard agreement={agreement} />
          </li>
        ))}
      </ul>
    </Shell>
  );
}

function StartLink(): ReactElement {
  const t = useMessages();
  return (
    <Link href="/agreements/new" className="button primary">
      <Icon name="plus" />
      {t.agreements.create}
    </Link>
  );
}

function FirstVisit(): ReactElement {
  const t = useMessages();
  return (
    <section className="sheet first-visit">
      <h2>{t.agreements.none.title}</h2>
      <p>{t.agreements.none.body}</p>
      <StartLink />
    </section>
  );
}

function AgreementCard({ agreement }: { agreement: AgreementSummary }): ReactElement {
  const t = useMessages();
  const party = agreement.parties.find(({ key }) => key === agreement.me.party);
  const pending = Object.values(agreement.pending).reduce((sum, n) => sum + n, 0);
  return (
    <Link href={`/agreements/${agreement.id}`} className="agreement-card sheet">
      <div className="column-head">
        <h2>{agreement.title}</h2>
        <span className={agreement.status === "signed" ? "badge good" : "badge"}>{t.agreements.stages[agreement.status]}</span>
      </div>
      <div className="row agreement-parties">
        {agreement.parties.map(({ key, name }, index) => (
          <PartyName key={key} index={index} name={name} />
        ))}
      </div>
      <p className="soft fine row">
        {party && <span>{t.agreements.you(party.name, t.agreements.roles[agreement.me.role])}</span>}
        <span>{t.agreements.articles(agreement.articles.length)}</span>
        {agreement.status === "bargaining" && <span>{pending > 0 ? t.agreements.pending(pending) : t.agreements.quiet}</span>}
      </p>
    </Link>
  );
}
