/** Mediation: who mediates and who is asked to, the sealed notes, and the proposals that all answer in private. */
import "./mediation.css";

import type { ReactElement } from "react";
import { Link } from "wouter";

import { isProblem } from "../../api/problems";
import type { Agreement, Mediation } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { PartyName } from "../../ui/party_mark";
import { problemText } from "../../ui/problem_text";
import { useTitle } from "../../ui/title";
import { Waiting } from "../../ui/waiting";
import { useAgreement } from "../agreements/queries";
import { NotFound } from "../app/not_found";
import { Shell } from "../app/shell";
import { partyIndex, partyName } from "../articles/room";
import { Called } from "./called";
import { InviteMediator } from "./invite_mediator";
import { Notes } from "./notes";
import { Proposals } from "./proposals";
import { useMediation } from "./queries";

export function MediationPage({ id }: { id: string }): ReactElement {
  const t = useMessages();
  const agreement = useAgreement(id);
  const mediation = useMediation(id);
  useTitle(`${t.mediation.title}: ${agreement.data?.title ?? ""}`);
  const refused = agreement.error ?? mediation.error;
  if (isProblem(refused) && refused.status === 404) return <NotFound />;
  return (
    <Shell>
      {refused && <p className="note bad" role="alert">{problemText(t, refused)}</p>}
      {agreement.data && mediation.data ? <Whole agreement={agreement.data} mediation={mediation.data} /> : !refused && <Waiting />}
    </Shell>
  );
}

function Whole({ agreement, mediation }: { agreement: Agreement; mediation: Mediation }): ReactElement {
  const t = useMessages();
  const words = t.mediation;
  const hasBegun = mediation.mediators.length > 0;
  return (
    <>
      <div>
        <Link href={`/agreements/${agreement.id}`} className="button quiet small back-to-page">
          <Icon name="back" />
          {agreement.title}
        </Link>
        <h1>{words.title}</h1>
        <p className="soft">{words.intro}</p>
      </div>
      <section className="stack" aria-labelledby="mediation-who">
        <h2 className="section-title" id="mediation-who">{words.who}</h2>
        {!hasBegun && mediation.called.length === 0 && <p className="soft">{words.nobody}</p>}
        {hasBegun && (
          <ul className="mediators">
            {mediation.mediators.map(({ id, name, party }) => (
              <li key={id}>
                <PartyName index={partyIndex(agreement, party)} name={name} />{" "}
                <span className="soft fine">{words.mediator(partyName(agreement, party))}</span>
              </li>
            ))}
          </ul>
        )}
        {mediation.called.map((called) => <Called key={called.invitation} agreement={agreement} called={called} />)}
        {!hasBegun && agreement.me.may.includes("consent") && <InviteMediator agreement={agreement} isAsked={mediation.called.length > 0} />}
      </section>
      {hasBegun && <Proposals agreement={agreement} />}
      {hasBegun && <Notes agreement={agreement} rooms={mediation.rooms} />}
    </>
  );
}
