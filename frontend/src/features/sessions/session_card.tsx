/** One session: its date and place, and once it was opened all that is on its record. */
import { type ReactElement, useState } from "react";

import type { Agreement, Session } from "../../api/types";
import { useLocale, useMessages } from "../../i18n/messages";
import { problemText } from "../../ui/problem_text";
import { toast } from "../../ui/toasts";
import { partyName } from "../articles/room";
import { AttendanceList } from "./attendance";
import { CaucusClock } from "./caucus_clock";
import { ClosingDialog } from "./closing_dialog";
import { MinutesPart } from "./minutes_part";
import { PlanDialog } from "./plan_dialog";
import { pathOf, post, useSessionAct } from "./queries";
import { longMoment } from "./when";

type Props = { agreement: Agreement; session: Session };

export function SessionCard({ agreement, session }: Props): ReactElement {
  const t = useMessages();
  const locale = useLocale();
  const words = t.sessions;
  return (
    <article className={`sheet session session-${session.status}`} aria-labelledby={`session-${session.id}`}>
      <header className="session-head">
        <div>
          <h2 id={`session-${session.id}`}>{words.numbered(session.number)}</h2>
          <p>
            <time dateTime={session.starts_at}>{longMoment(locale, session.starts_at)}</time>
            {session.place && <span className="soft"> · {session.place}</span>}
          </p>
        </div>
        <span className={session.status === "open" ? "badge good" : "badge"}>{words.states[session.status]}</span>
      </header>
      {session.agenda && (
        <section className="session-part" aria-label={words.agenda}>
          <h3>{words.agenda}</h3>
          <p className="minutes-text">{session.agenda}</p>
        </section>
      )}
      {session.status === "open" && <Record agreement={agreement} session={session} />}
      {session.status === "closed" && (
        <>
          <Outcome agreement={agreement} session={session} />
          <details className="session-record" open={session.minutes !== null && !session.minutes.frozen}>
            <summary>{words.record}</summary>
            <Record agreement={agreement} session={session} />
          </details>
        </>
      )}
      {agreement.me.may.includes("convene") && session.status !== "closed" && <Acts agreement={agreement} session={session} />}
    </article>
  );
}

function Record({ agreement, session }: Props): ReactElement {
  return (
    <>
      <AttendanceList agreement={agreement} session={session} />
      <CaucusClock agreement={agreement} session={session} />
      <MinutesPart agreement={agreement} session={session} />
    </>
  );
}

function Outcome({ agreement, session }: Props): ReactElement | null {
  const words = useMessages().sessions.closing;
  const locale = useLocale();
  if (session.next_starts_at) return <p className="soft">{words.nextWas(longMoment(locale, session.next_starts_at))}</p>;
  if (!session.refused_by) return null;
  return (
    <div className="note warn">
      <p>{words.refused(partyName(agreement, session.refused_by))}</p>
      {session.refusal && <p className="history-reason">{session.refusal}</p>}
    </div>
  );
}

function Acts({ agreement, session }: Props): ReactElement {
  const t = useMessages();
  const words = t.sessions;
  const [open, setOpen] = useState<"closing" | "plan" | null>(null);
  const close = (): void => { setOpen(null); };
  const opening = useSessionAct(agreement.id, () => post(pathOf(agreement.id, session.id, "opening"), {}), () => { toast(words.opened); });
  return (
    <footer className="row">
      {session.status === "convened" && (
        <>
          <button type="button" className="button primary" disabled={opening.isPending} onClick={() => { opening.mutate(undefined); }}>
            {words.open}
          </button>
          <button type="button" className="button" onClick={() => { setOpen("plan"); }}>
            {words.plan.changeIt}
          </button>
        </>
      )}
      {session.status === "open" && (
        <button type="button" className="button primary" onClick={() => { setOpen("closing"); }}>
          {words.closing.action}
        </button>
      )}
      {opening.isError && <p className="note bad" role="alert">{problemText(t, opening.error)}</p>}
      {open === "closing" && <ClosingDialog agreement={agreement} session={session} onClose={close} />}
      {open === "plan" && <PlanDialog agreement={agreement} session={session} onClose={close} />}
    </footer>
  );
}
