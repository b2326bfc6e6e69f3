/** Says to both sides that the table stalls or let a date pass, and offers to set one; nobody is kept from anything. */
import "./sessions.css";

import { type ReactElement, useState } from "react";
import { Link } from "wouter";

import type { Agreement } from "../../api/types";
import { onDay } from "../../i18n/moments";
import { useLocale, useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { PlanDialog } from "./plan_dialog";
import { longMoment } from "./when";

export function StallBanner({ agreement }: { agreement: Agreement }): ReactElement | null {
  const t = useMessages();
  const locale = useLocale();
  const words = t.sessions.stall;
  const [isSetting, setIsSetting] = useState(false);
  const ahead = agreement.reconvening;
  if (ahead?.since == null) return null;
  const since = onDay(locale, ahead.since);
  return (
    <section className="note warn stall-banner" aria-label={words.body}>
      <p>
        <Icon name="warning" size={16} /> <strong>{ahead.state === "date_passed" ? words.datePassed(since) : words.stalled(since)}</strong>{" "}
        {ahead.next ? words.bodyNext(longMoment(locale, ahead.next)) : words.body}
      </p>
      <div className="row">
        {agreement.me.may.includes("convene") && !ahead.next && (
          <button type="button" className="button small" onClick={() => { setIsSetting(true); }}>
            {words.set}
          </button>
        )}
        <Link href={`/agreements/${agreement.id}/sessions`} className="button small quiet">
          {words.see}
        </Link>
      </div>
      {isSetting && <PlanDialog agreement={agreement} onClose={() => { setIsSetting(false); }} />}
    </section>
  );
}

/** The parties agreed to keep silent: said where a text could be passed on. */
export function BlackoutBanner({ agreement }: { agreement: Agreement }): ReactElement | null {
  const t = useMessages();
  return agreement.blackout ? (
    <p className="note warn blackout-banner">
      <Icon name="lock" size={16} /> {t.sessions.blackout}
    </p>
  ) : null;
}
