/** The sessions of an agreement: the one in progress, those to come, and those that were. */
import "../agreements/agreements.css";
import "./sessions.css";

import { type ReactElement, useState } from "react";
import { Link } from "wouter";

import { isProblem } from "../../api/problems";
import type { Agreement } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { problemText } from "../../ui/problem_text";
import { useTitle } from "../../ui/title";
import { Waiting } from "../../ui/waiting";
import { useAgreement } from "../agreements/queries";
import { NotFound } from "../app/not_found";
import { Shell } from "../app/shell";
import { FeedDialog } from "./feed_dialog";
import { PlanDialog } from "./plan_dialog";
import { useSessions } from "./queries";
import { SessionCard } from "./session_card";
import { StallBanner } from "./stall_banner";

export function SessionsPage({ id }: { id: string }): ReactElement {
  const t = useMessages();
  const agreement = useAgreement(id);
  useTitle(`${t.sessions.title}: ${agreement.data?.title ?? ""}`);
  if (isProblem(agreement.error) && agreement.error.status === 404) return <NotFound />;
  return <Shell>{agreement.data ? <Sessions agreement={agreement.data} /> : <Waiting />}</Shell>;
}

const ORDER = { open: 0, convened: 1, closed: 2 };

function Sessions({ agreement }: { agreement: Agreement }): ReactElement {
  const t = useMessages();
  const words = t.sessions;
  const sessions = useSessions(agreement.id);
  const [open, setOpen] = useState<"plan" | "feed" | null>(null);
  const close = (): void => { setOpen(null); };
  const shown = (sessions.data ?? []).toSorted(
    (one, other) => ORDER[one.status] - ORDER[other.status] || (one.status === "convened" ? 1 : -1) * (Date.parse(one.starts_at) - Date.parse(other.starts_at)),
  );
  return (
    <>
      <div>
        <Link href={`/agreements/${agreement.id}`} className="button quiet small page-back">
          <Icon name="back" />
          {agreement.title}
        </Link>
        <div className="column-head">
          <h1>{words.title}</h1>
          <div className="row">
            <button type="button" className="button" onClick={() => { setOpen("feed"); }}>
              <Icon name="clock" />
              {words.feed.action}
            </button>
            {agreement.me.may.includes("convene") && (
              <button type="button" className="button primary" onClick={() => { setOpen("plan"); }}>
                <Icon name="plus" />
                {words.convene}
              </button>
            )}
          </div>
        </div>
        <p className="soft">{words.intro}</p>
      </div>
      <StallBanner agreement={agreement} />
      {sessions.isPending && <Waiting />}
      {sessions.isError && <p className="note bad" role="alert">{problemText(t, sessions.error)}</p>}
      {sessions.data?.length === 0 && <p className="sheet soft">{words.none}</p>}
      {shown.map((session) => (
        <SessionCard key={session.id} agreement={agreement} session={session} />
      ))}
      {open === "plan" && <PlanDialog agreement={agreement} onClose={close} />}
      {open === "feed" && <FeedDialog agreement={agreement.id} onClose={close} />}
    </>
  );
}
