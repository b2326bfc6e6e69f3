/**
 * The history as a slider: a tick a day, a dot an act. Under it the page turns back to the moment that is chosen, and
 * a clause's number opens that clause's own life.
 */
import "../standing/standing.css";
import "./turning_back.css";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactElement, useDeferredValue, useMemo, useState } from "react";

import { api } from "../../api/client";
import type { Agreement, AgreementText, Progress } from "../../api/types";
import { exactly, onDay } from "../../i18n/moments";
import { useLocale, useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { hueOf } from "../../ui/party_mark";
import { problemText } from "../../ui/problem_text";
import { Waiting } from "../../ui/waiting";
import { partyIndex, partyName } from "../articles/room";
import { useProgress } from "../standing/queries";
import { PastPage } from "./past_page";

type Act = Progress["acts"][number];
const VIEWS = ["markup", "agreed", "proposed"] as const;

export function TurningBack({ agreement }: { agreement: Agreement }): ReactElement | null {
  const t = useMessages();
  const progress = useProgress(agreement.id);
  const acts = progress.data?.acts;
  if (progress.isError) return <p className="note bad">{problemText(t, progress.error)}</p>;
  return acts && acts.length > 0 ? <Slider agreement={agreement} acts={acts} /> : null;
}

function Slider({ agreement, acts }: { agreement: Agreement; acts: readonly Act[] }): ReactElement {
  const t = useMessages();
  const locale = useLocale();
  const words = t.standing.back;
  /** The act turned back to; null is now, and stays now when more is recorded. */
  const [seq, setSeq] = useState<number | null>(null);
  const place = seq === null ? acts.length : Math.max(0, acts.findLastIndex((act) => act.seq <= seq));
  const act = acts[place];
  const said = act ? words.at(exactly(locale, act.at), saying(t.standing.moved.deeds, agreement, act)) : words.now;
  const go = (to: number): void => { setSeq(acts[Math.max(0, Math.min(to, acts.length))]?.seq ?? null); };
  return (
    <section className="turning" aria-labelledby="turning-back">
      <h2 id="turning-back">{words.title}</h2>
      <p className="soft fine">{words.hint}</p>
      <div className="turning-track">
        <Dots agreement={agreement} acts={acts} place={place} />
        <input type="range" min={0} max={acts.length} step={1} value={place} aria-label={words.slider} aria-valuetext={said} onChange={(event) => { go(Number(event.target.value)); }} />
      </div>
      <div className="turning-tools">
        <button type="button" className="button small" disabled={place === 0} aria-label={words.earlier} title={words.earlier} onClick={() => { go(place - 1); }}>
          <Icon name="back" size={15} />
        </button>
        <p className="turning-said">{said}</p>
        <button type="button" className="button small turning-later" disabled={act === undefined} aria-label={words.later} title={words.later} onClick={() => { go(place + 1); }}>
          <Icon name="back" size={15} />
        </button>
        {act && (
          <button type="button" className="button quiet small" onClick={() => { setSeq(null); }}>
            {words.toNow}
          </button>
        )}
      </div>
      {act && <Then agreement={agreement} act={act} />}
    </section>
  );
}

/** Acts stand in their order, evenly: a night without any would else be most of the line. */
function Dots({ agreement, acts, place }: { agreement: Agreement; acts: readonly Act[]; place: number }): ReactElement {
  const locale = useLocale();
  const at = (index: number): number => (index / Math.max(1, acts.length)) * 1000;
  const days = useMemo(() => {
    const found: { index: number; day: string }[] = [];
    for (const [index, act] of acts.entries()) {
      const day = onDay(locale, act.at);
      if (found.at(-1)?.day !== day) found.push({ index, day });
    }
    return found;
  }, [acts, locale]);
  return (
    <svg className="turning-dots" viewBox="0 0 1000 34" preserveAspectRatio="none" aria-hidden="true">
      {days.map(({ index, day }) => (
        <path key={day} className="turning-day" d={`M${String(at(index))} 0V34`} />
      ))}
      {acts.map((act, index) => (
        <path
          key={act.seq}
          className={`turning-act party-hue-${act.party === null ? "none" : String(hueOf(partyIndex(agreement, act.party)))}${index > place ? " to-come" : ""}`}
          d={`M${String(at(index))} ${act.party === null ? "17" : String(10 + 8 * (partyIndex(agreement, act.party) % 3))}h0.01`}
        />
      ))}
    </svg>
  );
}

function saying(deeds: Record<string, string>, agreement: Agreement, { kind, party, article }: Act): string {
  const title = agreement.articles.find(({ id }) => id === article)?.title;
  const done = deeds[kind.slice(kind.indexOf(".") + 1)] ?? kind;
  return [party === null ? null : partyName(agreement, party), done, title && `(${title})`].filter(Boolean).join(" ");
}

function Then({ agreement, act }: { agreement: Agreement; act: Act }): ReactElement {
  const t = useMessages();
  const locale = useLocale();
  const words = t.standing.back;
  const [view, setView] = useState<(typeof VIEWS)[number]>("markup");
  const seq = useDeferredValue(act.seq);
  const text = useQuery({
    queryKey: ["agreement", agreement.id, "text", "at", seq, view],
    queryFn: ({ signal }) => api.get<AgreementText>(`/agreements/${agreement.id}/text`, { at: seq, view }, signal),
    placeholderData: keepPreviousData,
    // What is past stays as it was.
    staleTime: Infinity,
  });
  return (
    <div className="past" aria-busy={text.isFetching}>
      <div className="past-head">
        <p className="past-when">{words.asItStood(exactly(locale, act.at))}</p>
        <label>
          <span className="visually-hidden">{words.view}</span>
          <select className="input" value={view} onChange={(event) => { setView(event.target.value as (typeof VIEWS)[number]); }}>
            {VIEWS.map((each) => (
              <option key={each} value={each}>
                {words.views[each]}
              </option>
            ))}
          </select>
        </label>
      </div>
      {text.isError && <p className="note bad">{problemText(t, text.error)}</p>}
      {text.isPending && <Waiting />}
      {text.data && <PastPage agreement={agreement} text={text.data} focus={act.article} />}
    </div>
  );
}
