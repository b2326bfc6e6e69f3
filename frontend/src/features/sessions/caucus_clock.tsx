/** When each side left the table to caucus and came back: the times, and nothing of what was said. */
import type { ReactElement } from "react";

import type { Agreement, Session } from "../../api/types";
import { useLocale, useMessages } from "../../i18n/messages";
import { useNow } from "../../ui/now";
import { PartyShape } from "../../ui/party_mark";
import { problemText } from "../../ui/problem_text";
import { partyIndex, partyName } from "../articles/room";
import { pathOf, post, useSessionAct } from "./queries";
import { clockTime } from "./when";

const MINUTE_MS = 60_000;

export function CaucusClock({ agreement, session }: { agreement: Agreement; session: Session }): ReactElement | null {
  const t = useMessages();
  const locale = useLocale();
  const words = t.sessions.caucus;
  const now = useNow();
  const noting = useSessionAct(agreement.id, (direction: "out" | "in") => post(pathOf(agreement.id, session.id, "caucuses"), { direction }));
  if (session.caucuses === null) return null;
  const isAway = session.caucuses.some((times) => times.party === agreement.me.party && times.in_at === null);
  const minutes = (from: string, to: string | null): number => Math.max(0, Math.round(((to ? Date.parse(to) : now) - Date.parse(from)) / MINUTE_MS));
  return (
    <section className="session-part" aria-label={words.title}>
      <h3>{words.title}</h3>
      {session.caucuses.length === 0 && <p className="soft">{words.none}</p>}
      <ul className="session-times">
        {session.caucuses.map((times) => {
          const party = partyName(agreement, times.party);
          return (
            <li key={`${times.party} ${times.out_at}`}>
              <PartyShape index={partyIndex(agreement, times.party)} />{" "}
              {times.in_at === null
                ? words.away(party, clockTime(locale, times.out_at))
                : words.was(party, clockTime(locale, times.out_at), clockTime(locale, times.in_at), minutes(times.out_at, times.in_at))}
            </li>
          );
        })}
      </ul>
      {session.status === "open" && agreement.me.may.includes("convene") && (
        <div className="row">
          <button type="button" className="button small" disabled={noting.isPending} onClick={() => { noting.mutate(isAway ? "in" : "out"); }}>
            {isAway ? words.in : words.out}
          </button>
          <span className="soft fine">{words.note}</span>
        </div>
      )}
      {noting.isError && <p className="note bad" role="alert">{problemText(t, noting.error)}</p>}
    </section>
  );
}
