/** One package: what it is, every part with its text before and after, who has answered, and what the reader may do. */
import "../suggestions/suggestions.css";

import { type ReactElement, useId, useState } from "react";

import { isProblem } from "../../api/problems";
import type { Agreement, Package, Suggestion } from "../../api/types";
import { exactly, sinceThen } from "../../i18n/moments";
import { useLocale, useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { useNow } from "../../ui/now";
import { PartyShape } from "../../ui/party_mark";
import { partyIndex, partyName } from "../articles/room";
import { titleOf } from "../articles/units";
import { Changed } from "../suggestions/changed";
import { sentence } from "../suggestions/sentence";
import { PackageActDialog } from "./package_act";
import { type PackageAct, useActing } from "./queries";

type Props = { agreement: Agreement; offered: Package };

export function PackageCard({ agreement, offered }: Props): ReactElement {
  const t = useMessages();
  const words = t.packages;
  const heading = useId();
  const isOpen = offered.status === "pending";
  return (
    <article className={isOpen ? "package" : "package ended"} id={offered.id} aria-labelledby={heading}>
      <header className="package-head">
        <h3 id={heading}>{offered.title}</h3>
        <span className={`badge package-${offered.status}`}>{words.status[offered.status]}</span>
      </header>
      <Byline agreement={agreement} offered={offered} />
      {offered.reason && <p className="card-reason">{offered.reason}</p>}
      {offered.condition && (
        <p className="package-condition">
          <strong>{words.condition}:</strong> {offered.condition}
        </p>
      )}
      <Expiry offered={offered} />
      <Parts agreement={agreement} offered={offered} />
      <Answers agreement={agreement} offered={offered} />
      {isOpen ? <Acts agreement={agreement} offered={offered} /> : <Ending offered={offered} />}
    </article>
  );
}

function Byline({ agreement, offered }: Props): ReactElement {
  const t = useMessages();
  const locale = useLocale();
  const now = useNow();
  return (
    <p className="card-byline">
      <PartyShape index={partyIndex(agreement, offered.party)} />
      <strong>{partyName(agreement, offered.party)}</strong>
      <span className="soft">
        {offered.author.name} · <time dateTime={offered.created_at}>{sinceThen(locale, offered.created_at, now)}</time> · {t.packages.parts(offered.suggestions.length)}
        {offered.version > 1 && ` · ${t.packages.version(offered.version)}`}
      </span>
    </p>
  );
}

/** Until when it stands, and how long that still is. */
function Expiry({ offered }: { offered: Package }): ReactElement | null {
  const t = useMessages();
  const locale = useLocale();
  const now = useNow();
  if (offered.expires_at === null) return null;
  const left = Date.parse(offered.expires_at) - now;
  return (
    <p className="package-expiry">
      <Icon name="clock" size={15} /> {t.packages.expires(exactly(locale, offered.expires_at))}
      {offered.status === "pending" && left > 0 && <span className="soft"> · {t.packages.expiresIn(duration(locale, left))}</span>}
    </p>
  );
}

const UNITS: [Intl.NumberFormatOptions["unit"] & string, number][] = [["day", 86_400_000], ["hour", 3_600_000], ["minute", 60_000]];

function duration(locale: string, left: number): string {
  const [unit, size] = UNITS.find(([, each]) => left >= each * 2) ?? ["minute", 60_000];
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(Math.max(1, Math.floor(left / size)));
}

function Parts({ agreement, offered }: Props): ReactElement {
  return (
    <ol className="package-parts">
      {offered.parts.map((part) => (
        <li key={part.id}>
          <p className="fine soft">{titleOf(agreement, part.article_id)}</p>
          <Part part={part} />
        </li>
      ))}
    </ol>
  );
}

function Part({ part }: { part: Suggestion }): ReactElement {
  const t = useMessages();
  const isShown = part.structure?.op !== "move" && part.structure?.op !== "retitle";
  return (
    <details className="package-part">
      <summary>{sentence(t, part)}</summary>
      {isShown && <Changed suggestion={part} />}
      {!isShown && (
        <p className="fine">
          {part.after} <span className="soft">{t.packages.instead}</span> {part.before}
        </p>
      )}
      {part.reason && <p className="card-reason">{part.reason}</p>}
    </details>
  );
}

function Answers({ agreement, offered }: Props): ReactElement {
  const { answered } = useMessages().packages;
  const last = new Map(offered.responses.map((response) => [response.party, response]));
  const waiting = offered.awaiting.filter((party) => last.get(party)?.kind !== "question" && !last.has(party));
  return (
    <ul className="positions">
      {[...last.values()].map((response) => {
        const name = partyName(agreement, response.party);
        const isStale = response.kind === "accept" && response.content_hash !== offered.content_hash;
        return (
          <li key={response.party} className={`says-${isStale ? "stale" : response.kind}`}>
            <span className="position">
              <Icon name={isStale ? "clock" : response.kind === "accept" ? "check" : response.kind === "reject" ? "close" : "question"} size={15} />
              {isStale ? answered.stale(name) : answered[response.kind](name)}
            </span>
            {response.reason && <q className="answer-reason">{response.reason}</q>}
          </li>
        );
      })}
      {waiting.map((party) => (
        <li key={party} className="says-waiting">
          <span className="position">
            <Icon name="clock" size={15} /> {answered.waiting(partyName(agreement, party))}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Acts({ agreement, offered }: Props): ReactElement {
  const t = useMessages();
  const words = t.packages;
  const [asking, setAsking] = useState<PackageAct | null>(null);
  const acting = useActing(agreement.id, offered);
  const may = (["accept", "reject", "question", "withdraw"] as const).filter((act) => offered.may.includes(act));
  const { me } = agreement;
  const whyNot = offered.party === me.party ? "ownParty" : me.may.includes("respond") ? "other" : "notLead";
  const hasMoved = isProblem(acting.error) && acting.error.code === "stale_package";
  return (
    <>
      {hasMoved && <p className="note" role="status">{words.moved}</p>}
      <div className="card-actions">
        {may.map((act) => (
          <button key={act} type="button" className={act === "accept" ? "button small primary" : "button small"} onClick={() => { setAsking(act); }}>
            {words[act]}
          </button>
        ))}
        {!may.includes("accept") && may.length < 2 && <span className="fine soft">{words.mayNot[whyNot]}</span>}
      </div>
      {asking && <PackageActDialog offered={offered} act={asking} acting={acting} onClose={() => { setAsking(null); }} />}
    </>
  );
}

/** Why it ended, and what that means for its parts. */
function Ending({ offered }: { offered: Package }): ReactElement | null {
  const t = useMessages();
  const { status, ending_reason: reason, parts } = offered;
  if (status === "accepted") return null;
  const isLost = status === "withdrawn" && !reason && parts.some((part) => part.status !== "pending");
  return (
    <>
      {reason && <p className="card-reason">{reason}</p>}
      <p className="fine soft">{isLost ? t.packages.lost : t.packages.returned}</p>
    </>
  );
}
