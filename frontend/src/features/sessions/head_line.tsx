/** In the head of the page: the stage, the session that runs or was held last, and when the parties meet again. */
import "./sessions.css";

import type { ReactElement } from "react";
import { Link } from "wouter";

import type { Agreement } from "../../api/types";
import { useLocale, useMessages } from "../../i18n/messages";
import { shortDay, shortMoment } from "./when";

export function HeadLine({ agreement }: { agreement: Agreement }): ReactElement {
  const t = useMessages();
  const locale = useLocale();
  const { line } = t.sessions;
  const stage = t.agreements.stages[agreement.status];
  const ahead = agreement.reconvening;
  if (!ahead) return <span className="badge wide-only">{stage}</span>;
  const parts = [stage];
  if (ahead.current) parts.push(ahead.state === "in_session" ? line.running(ahead.current.number) : line.last(ahead.current.number, shortDay(locale, ahead.current.starts_at)));
  if (ahead.next) parts.push(line.next(shortMoment(locale, ahead.next)));
  else if (ahead.state !== "in_session") parts.push(line.unset);
  const warns = ahead.since !== null;
  return (
    <Link href={`/agreements/${agreement.id}/sessions`} className={warns ? "badge head-line wide-only warns" : "badge head-line wide-only"} title={t.sessions.title}>
      {parts.join(" · ")}
    </Link>
  );
}
