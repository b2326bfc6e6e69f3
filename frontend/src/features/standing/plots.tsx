/**
 * Plots drawn by hand: each has a title and a description, tells by pattern or stroke what it also tells by shade, and
 * has its figures as a table beside it.
 */
import { type ReactElement, type ReactNode, useId } from "react";

import type { Agreement, Progress, ProgressPoint } from "../../api/types";
import { onDay } from "../../i18n/moments";
import { useLocale, useMessages } from "../../i18n/messages";
import { hueOf, PartyName } from "../../ui/party_mark";
import { partyIndex, partyName } from "../articles/room";
import { STANDINGS } from "./standings";

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [640, 220, 34, 24, 8];
const STROKES = ["", "7 4", "2 4", "10 3 2 3"];

export function Plots({ agreement, progress }: { agreement: Agreement; progress: Progress }): ReactElement {
  const t = useMessages();
  const locale = useLocale();
  const words = t.standing.plots;
  const day = (at: string): string => onDay(locale, at);
  const [from, to] = [day(progress.began_at), day(progress.moment.at)];
  const signatories = progress.outstanding.map(({ party }) => party);
  const opened = progress.articles.filter(({ days_open, open_since }) => days_open > 0 || open_since !== null);
  return (
    <section aria-labelledby="plots">
      <div className="standing-title">
        <h2 id="plots">{words.title}</h2>
      </div>
      <div className="plots">
        <Plot title={words.byStanding} description={words.byStandingOf(from, to)}
          drawn={<Areas points={progress.over_time} keys={STANDINGS} until={progress.moment.at} />}
          legend={STANDINGS.map((one) => <span key={one}><span className={`legend-piece piece-${one}`} /> {t.standing.standings[one]}</span>)}
          columns={[words.when, ...STANDINGS.map((one) => t.standing.standings[one])]}
          rows={progress.over_time.map(({ at, counts }) => [day(at), ...STANDINGS.map((one) => counts[one] ?? 0)])}
        />
        <Plot title={words.owed} description={words.owedOf(from, to)}
          drawn={<Lines points={progress.outstanding_over_time} keys={signatories} began={progress.began_at} until={progress.moment.at} hue={(party) => hueOf(partyIndex(agreement, party))} />}
          legend={signatories.map((party, index) => (
            <span key={party}>
              <svg className={`legend-line party-hue-${String(hueOf(partyIndex(agreement, party)))}`} viewBox="0 0 28 6" aria-hidden="true"><path d="M0 3h28" strokeDasharray={STROKES[index % STROKES.length]} /></svg>
              <PartyName index={partyIndex(agreement, party)} name={partyName(agreement, party)} />
            </span>
          ))}
          columns={[words.when, ...signatories.map((party) => partyName(agreement, party))]}
          rows={progress.outstanding_over_time.map(({ at, counts }) => [day(at), ...signatories.map((party) => counts[party] ?? 0)])}
        />
        {opened.length > 0 ? (
          <Plot title={words.days} description={words.daysOf} drawn={<Bars articles={opened} />} legend={[]}
            columns={[words.article, words.dayCount]} rows={opened.map(({ title, days_open }) => [title, days_open])}
          />
        ) : (
          <p className="soft">{words.none}</p>
        )}
      </div>
    </section>
  );
}

type PlotProps = { title: string; description: string; drawn: ReactNode; legend: ReactElement[]; columns: string[]; rows: (string | number)[][] };

function Plot({ title, description, drawn, legend, columns, rows }: PlotProps): ReactElement {
  const t = useMessages();
  const id = useId();
  return (
    <figure className="sheet plot" aria-labelledby={id}>
      <figcaption id={id}>{title}</figcaption>
      <p className="visually-hidden">{description}</p>
      {drawn}
      {legend.length > 0 && <div className="plot-legend">{legend}</div>}
      <details className="plot-table">
        <summary>{t.standing.plots.table}</summary>
        <div className="plot-rows" role="region" aria-label={title}>
          <table>
            <thead>
              <tr>{columns.map((column) => <th key={column} scope="col">{column}</th>)}</tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                <tr key={index}>{row.map((cell, place) => (place === 0 ? <th key={place} scope="row">{cell}</th> : <td key={place}>{cell}</td>))}</tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

function scale(start: number, end: number): (at: string) => number {
  const span = Math.max(1, end - start);
  return (at) => LEFT + ((Date.parse(at) - start) / span) * (WIDTH - LEFT - 4);
}

function Axes({ most, start, end }: { most: number; start: number; end: number }): ReactElement {
  const locale = useLocale();
  const floor = HEIGHT - BOTTOM;
  const at = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" });
  const steps = [...new Set([0, Math.round(most / 2), most])];
  return (
    <g className="plot-axes">
      {steps.map((value) => {
        const y = floor - (value / most) * (floor - TOP);
        return (
          <g key={value}>
            <path d={`M${String(LEFT)} ${String(y)}H${String(WIDTH)}`} />
            <text x={LEFT - 6} y={y + 4} textAnchor="end">{value}</text>
          </g>
        );
      })}
      <text x={LEFT} y={HEIGHT - 6}>{at.format(start)}</text>
      <text x={WIDTH - 2} y={HEIGHT - 6} textAnchor="end">{at.format(end)}</text>
    </g>
  );
}

/** Steps, because a count holds until the act that changes it. */
function Areas({ points, keys, until }: { points: ProgressPoint[]; keys: readonly string[]; until: string }): ReactElement {
  const [start, end] = [Date.parse(points[0]?.at ?? until), Date.parse(until)];
  const x = scale(start, end);
  const total = ({ counts }: ProgressPoint): number => keys.reduce((sum, key) => sum + (counts[key] ?? 0), 0);
  const most = Math.max(1, ...points.map(total));
  const y = (value: number): number => HEIGHT - BOTTOM - (value / most) * (HEIGHT - BOTTOM - TOP);
  const below = (point: ProgressPoint, upTo: number): number => keys.slice(0, upTo).reduce((sum, key) => sum + (point.counts[key] ?? 0), 0);
  const edge = (upTo: number): [number, number][] =>
    points.flatMap((point, index) => {
      const next = points[index + 1]?.at ?? until;
      const level = y(below(point, upTo));
      return [[x(point.at), level], [x(next), level]] satisfies [number, number][];
    });
  return (
    <svg className="plot-drawn" viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} aria-hidden="true">
      <Patterns />
      {keys.map((key, index) => {
        const outline = [...edge(index + 1), ...edge(index).toReversed()];
        return <path key={key} className={`area-${key}`} d={`M${outline.map((pair) => pair.map((value) => value.toFixed(1)).join(" ")).join("L")}Z`} />;
      })}
      <Axes most={most} start={start} end={end} />
    </svg>
  );
}

/** What tells the areas apart without colour. */
function Patterns(): ReactElement {
  return (
    <defs>
      <pattern id="pattern-open" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="7" height="7" className="pattern-ground" />
        <path d="M0 0V7" className="pattern-line" />
      </pattern>
      <pattern id="pattern-package" width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" className="pattern-ground" />
        <circle cx="3" cy="3" r="1.300" className="pattern-dot" />
      </pattern>
    </defs>
  );
}

type LinesProps = { points: ProgressPoint[]; keys: readonly string[]; began: string; until: string; hue: (key: string) => number };

function Lines({ points, keys, began, until, hue }: LinesProps): ReactElement {
  const [start, end] = [Date.parse(began), Date.parse(until)];
  const x = scale(start, end);
  const most = Math.max(1, ...points.flatMap(({ counts }) => keys.map((key) => counts[key] ?? 0)));
  const y = (value: number): number => HEIGHT - BOTTOM - (value / most) * (HEIGHT - BOTTOM - TOP);
  return (
    <svg className="plot-drawn" viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} aria-hidden="true">
      <Axes most={most} start={start} end={end} />
      {keys.map((key, index) => {
        const steps = points.map(({ at, counts }) => `H${x(at).toFixed(1)}V${y(counts[key] ?? 0).toFixed(1)}`).join("");
        const path = `M${String(LEFT)} ${y(0).toFixed(1)}${steps}H${x(until).toFixed(1)}`;
        return <path key={key} className={`plot-line party-hue-${String(hue(key))}`} d={path} strokeDasharray={STROKES[index % STROKES.length]} />;
      })}
    </svg>
  );
}

function Bars({ articles }: { articles: Progress["articles"] }): ReactElement {
  const most = Math.max(1, ...articles.map(({ days_open }) => days_open));
  return (
    <div className="day-bars" aria-hidden="true">
      {articles.map(({ id, title, days_open, standing }) => (
        <div key={id} className="day-bar">
          <span className="day-title">{title}</span>
          <span className="day-track"><span className={`piece-${standing}`} style={{ inlineSize: `${String(Math.max(1, (days_open / most) * 100))}%` }} /></span>
          <span className="day-count">{days_open}</span>
        </div>
      ))}
    </div>
  );
}
