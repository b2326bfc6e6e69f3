/** Opening a thread: who reads it comes first, because it can't be changed afterwards. */
import { type ReactElement, useId, useState } from "react";

import { useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { problemText } from "../../ui/problem_text";
import { partyName, useRoom } from "../articles/room";
import { Composer } from "./composer";
import { type Place, type Scope, useSpeaking } from "./queries";

/** Where the reader may speak. In caucus, and of a draft, only within the party: a place in it is nobody else's to know. */
function useScopes(on: Place): Scope[] {
  const { agreement, layer } = useRoom();
  const isOurs = layer === "caucus" || on.draft !== undefined;
  const scopes: Scope[] = [];
  if (!isOurs && agreement.me.may.includes("comment")) scopes.push("table");
  if (agreement.me.may.includes("join_caucus")) scopes.push("party");
  return scopes;
}

export function useMayComment(on: Place): boolean {
  return useScopes(on).length > 0;
}

export function Opening({ on, onDone, onCancel }: { on: Place; onDone: () => void; onCancel: () => void }): ReactElement | null {
  const t = useMessages();
  const { agreement } = useRoom();
  const scopes = useScopes(on);
  const [wanted, setWanted] = useState<Scope>(scopes[0] ?? "party");
  const speaking = useSpeaking(onDone);
  const id = useId();
  const party = partyName(agreement, agreement.me.party);
  if (scopes.length === 0) return null;
  const labels = { table: t.threads.table.label, party: t.threads.party.label(party) };
  const hints = { table: t.threads.table.hint, party: t.threads.party.hint };
  return (
    <div className="opening">
      <fieldset className="audience" aria-describedby={`${id}-hint`}>
        <legend className="visually-hidden">{t.threads.audience}</legend>
        {scopes.map((scope) => (
          <label key={scope} className={scope === wanted ? "audience-choice chosen" : "audience-choice"}>
            <input type="radio" className="visually-hidden" name={id} checked={scope === wanted} onChange={() => { setWanted(scope); }} />
            <Icon name={scope === "party" ? "lock" : "people"} size={15} />
            {labels[scope]}
          </label>
        ))}
      </fieldset>
      <p className="hint fine soft" id={`${id}-hint`}>{hints[wanted]}</p>
      {speaking.isError && <p className="note bad" role="alert">{problemText(t, speaking.error)}</p>}
      <Composer
        key={wanted}
        scope={wanted}
        label={t.threads.placeholder}
        send={t.threads.send}
        isSending={speaking.isPending}
        onSend={(text) => { speaking.mutate({ kind: "open", scope: wanted, on, text }); }}
        onCancel={onCancel}
      />
    </div>
  );
}
