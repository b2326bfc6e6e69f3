/** The ground rules: what holds, what is proposed and who has to sign it, and every version there was. */
import "../sessions/sessions.css";
import "./rules.css";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { Link } from "wouter";

import { api } from "../../api/client";
import { isProblem } from "../../api/problems";
import type { Agreement, RulesVersion } from "../../api/types";
import { onDay } from "../../i18n/moments";
import { useLocale, useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { problemText } from "../../ui/problem_text";
import { useTitle } from "../../ui/title";
import { toast } from "../../ui/toasts";
import { Waiting } from "../../ui/waiting";
import { useAgreement } from "../agreements/queries";
import { NotFound } from "../app/not_found";
import { Shell } from "../app/shell";
import { partyName } from "../articles/room";
import { BlackoutBanner } from "../sessions/stall_banner";
import { Clocks, Publications } from "./clocks";
import { ProposeDialog } from "./propose_dialog";
import { type Rules, rulesKey, useRules } from "./queries";
import { RulesView, Signatures } from "./rules_view";

export function RulesPage({ id }: { id: string }): ReactElement {
  const t = useMessages();
  const agreement = useAgreement(id);
  const rules = useRules(id);
  useTitle(`${t.sessions.rules.title}: ${agreement.data?.title ?? ""}`);
  if (isProblem(agreement.error) && agreement.error.status === 404) return <NotFound />;
  return (
    <Shell>
      {rules.isError && <p className="note bad" role="alert">{problemText(t, rules.error)}</p>}
      {agreement.data && rules.data ? <RulesOf agreement={agreement.data} rules={rules.data} /> : <Waiting />}
    </Shell>
  );
}

function RulesOf({ agreement, rules }: { agreement: Agreement; rules: Rules }): ReactElement {
  const t = useMessages();
  const locale = useLocale();
  const words = t.sessions.rules;
  const [isProposing, setIsProposing] = useState(false);
  const holds = rules.in_force;
  const earlier = rules.versions.filter(({ status }) => status === "superseded" || status === "replaced");
  return (
    <>
      <div>
        <Link href={`/agreements/${agreement.id}`} className="button quiet small page-back">
          <Icon name="back" />
          {agreement.title}
        </Link>
        <div className="column-head">
          <h1>{words.title}</h1>
          {agreement.me.may.includes("set_rules") && (
            <button type="button" className="button" onClick={() => { setIsProposing(true); }}>
              {words.propose}
            </button>
          )}
        </div>
        <p className="soft">{words.intro}</p>
      </div>
      <BlackoutBanner agreement={agreement} />
      {rules.proposed && <Proposed agreement={agreement} version={rules.proposed} holds={holds} />}
      <section className="sheet stack" aria-labelledby="in-force">
        <h2 id="in-force">
          {words.inForce}
          {holds.adopted_at && <span className="soft fine"> {words.since(onDay(locale, holds.adopted_at))}</span>}
        </h2>
        {holds.version === 0 && <p className="soft">{words.defaults}</p>}
        <RulesView version={holds} />
        <Signatures agreement={agreement} version={holds} />
      </section>
      <Clocks agreement={agreement} />
      <Publications agreement={agreement} isOpen={holds.settings.public_sees !== "nothing" && !holds.settings.blackout} />
      {earlier.length > 0 && (
        <section className="stack" aria-labelledby="earlier">
          <h2 id="earlier" className="soft">{words.earlier}</h2>
          {earlier.map((version) => (
            <details key={version.version} className="sheet rules-earlier">
              <summary>
                {words.version(version.version)} <span className="soft fine">{words.status[version.status]}</span>
              </summary>
              <RulesView version={version} before={rules.versions.find(({ version: n, status }) => n < version.version && status === "superseded")} />
              <Signatures agreement={agreement} version={version} />
            </details>
          ))}
        </section>
      )}
      {isProposing && <ProposeDialog agreement={agreement} rules={rules} onClose={() => { setIsProposing(false); }} />}
    </>
  );
}

type ProposedProps = { agreement: Agreement; version: RulesVersion; holds: RulesVersion };

function Proposed({ agreement, version, holds }: ProposedProps): ReactElement {
  const t = useMessages();
  const words = t.sessions.rules;
  const queries = useQueryClient();
  const signing = useMutation({
    mutationFn: () => api.post<Rules>(`/agreements/${agreement.id}/ground-rules/${String(version.version)}/signatures`, { content_hash: version.content_hash }),
    onSuccess: (now) => { toast(now.proposed ? words.done : words.doneAll); },
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: rulesKey(agreement.id) });
      return queries.invalidateQueries({ queryKey: ["agreement", agreement.id] });
    },
  });
  return (
    <section className="sheet stack rules-proposed" aria-labelledby="proposed">
      <div>
        <h2 id="proposed">{words.proposed}: {words.version(version.version)}</h2>
        {version.proposed_by && version.party && <p className="soft fine">{words.proposedBy(version.proposed_by.name, partyName(agreement, version.party))}</p>}
      </div>
      <RulesView version={version} before={holds} />
      <Signatures agreement={agreement} version={version} />
      {signing.isError && <p className="note bad" role="alert">{problemText(t, signing.error)}</p>}
      {version.awaiting.includes(agreement.me.party) && agreement.me.may.includes("set_rules") && (
        <div>
          <button type="button" className="button primary" disabled={signing.isPending} onClick={() => { signing.mutate(); }}>
            {words.sign}
          </button>
        </div>
      )}
    </section>
  );
}
