/** A mediator who is invited: which parties have agreed, whose yes is awaited, and one's own. */
import type { ReactElement } from "react";

import { api } from "../../api/client";
import type { Agreement, CalledMediator } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { problemText } from "../../ui/problem_text";
import { partyName } from "../articles/room";
import { useDoing } from "./queries";

export function Called({ agreement, called }: { agreement: Agreement; called: CalledMediator }): ReactElement {
  const t = useMessages();
  const words = t.mediation.consents;
  const agreeing = useDoing<boolean>(agreement.id, (path, yes) =>
    yes ? api.post(`${path}/consents`, { invitation: called.invitation }) : api.remove(`${path}/consents/${called.invitation}`),
  );
  const { me } = agreement;
  const named = (keys: string[]): string => t.app.list(keys.map((key) => partyName(agreement, key)));
  const isAsked = called.awaiting.includes(me.party);
  const hasAgreed = called.consents.includes(me.party);
  const mayAnswer = me.may.includes("consent");
  return (
    <div className="note">
      <strong>{words.asked(called.email ?? words.somebody, partyName(agreement, called.invited_by_party))}</strong>
      {called.consents.length > 0 && <p>{words.given(named(called.consents))}</p>}
      <p>{called.awaiting.length > 0 ? words.awaiting(named(called.awaiting)) : words.complete}</p>
      {(isAsked || hasAgreed) && (
        <div className="row">
          {isAsked && mayAnswer && (
            <button type="button" className="button primary" disabled={agreeing.isPending} onClick={() => { agreeing.mutate(true); }}>
              {words.agree}
            </button>
          )}
          {hasAgreed && mayAnswer && (
            <button type="button" className="button small" disabled={agreeing.isPending} onClick={() => { agreeing.mutate(false); }}>
              {words.takeBack}
            </button>
          )}
          {isAsked && !mayAnswer && <span className="soft fine">{words.leads}</span>}
        </div>
      )}
      {agreeing.isError && <p role="alert">{problemText(t, agreeing.error)}</p>}
    </div>
  );
}
