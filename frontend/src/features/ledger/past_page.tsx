/** The text as it stood at a moment. A clause's number opens the life of that clause. */
import "../../editor/editor.css";

import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useEffect, useRef, useState } from "react";

import { everyPage } from "../../api/client";
import type { Agreement, AgreementText, ArticleText, HistoryAct } from "../../api/types";
import { exactly } from "../../i18n/moments";
import { useLocale, useMessages } from "../../i18n/messages";
import { articleNumber, numbering } from "../../text/numbering";
import { Dialog } from "../../ui/dialog";
import { hueOf, PartyName, shapeOf } from "../../ui/party_mark";
import { problemText } from "../../ui/problem_text";
import { Waiting } from "../../ui/waiting";
import { dressed, type Look } from "../articles/reading";
import { partyIndex, partyName } from "../articles/room";
import { differences } from "../standing/difference";
import { Marked } from "../standing/marked";
import { isOutcome } from "../standing/moved";

type Clause = { article: string; number: string; text: string };

export function PastPage({ agreement, text, focus }: { agreement: Agreement; text: AgreementText; focus: string | null }): ReactElement {
  const [clause, setClause] = useState<Clause | null>(null);
  const page = useRef<HTMLDivElement>(null);
  const look: Look = (party) => `party-hue-${String(hueOf(partyIndex(agreement, party)))} party-${shapeOf(partyIndex(agreement, party))}`;
  useEffect(() => {
    const article = focus === null ? null : page.current?.querySelector<HTMLElement>(`[data-article="${CSS.escape(focus)}"]`);
    if (article && page.current) page.current.scrollTop = article.offsetTop - page.current.offsetTop;
  }, [focus, text]);
  return (
    <div className="past-page paper-page" ref={page} role="region" aria-label={agreement.title}>
      {text.articles.map((article) => (
        <PastArticle key={article.id} article={article} look={look} onClause={setClause} />
      ))}
      {clause && <Life agreement={agreement} clause={clause} onClose={() => { setClause(null); }} />}
    </div>
  );
}

function PastArticle({ article, look, onClause }: { article: ArticleText; look: Look; onClause: (clause: Clause) => void }): ReactElement {
  const t = useMessages();
  const numbers = numbering(article.paragraphs.map(({ style, level, marks }) => ({ style, level, ...marks })), articleNumber(article.title));
  return (
    <section data-article={article.id}>
      <h3 className="past-title">{article.title}</h3>
      {article.paragraphs.map((paragraph, index) => {
        const number = numbers[index]?.agreed ?? numbers[index]?.proposed ?? null;
        const words = paragraph.runs.filter(({ marks }) => !("ins" in marks)).map((run) => run.text).join("");
        return (
          <div key={index} className={`past-paragraph past-${paragraph.style}`} style={{ marginInlineStart: `${String(paragraph.style === "heading" ? 0 : (paragraph.level - 1) * 1.5)}rem` }}>
            {words !== "" && (
              <button type="button" className={number === null ? "past-number unnumbered" : "past-number"}
                aria-label={t.standing.back.openLife(number ?? t.standing.back.paragraph)} title={t.standing.back.openLife(number ?? t.standing.back.paragraph)}
                onClick={() => { onClause({ article: article.id, number: number ?? t.standing.back.paragraph, text: words }); }}>
                {number ?? "¶"}
              </button>
            )}
            <p>{paragraph.runs.map(({ text, marks }, place) => <span key={place}>{dressed(text, marks, look)}</span>)}</p>
          </div>
        );
      })}
    </section>
  );
}

/** Follow a paragraph from change to change: what was proposed about it in any of its readings. */
function lifeOf(acts: readonly HistoryAct[], text: string): HistoryAct[] {
  const readings = new Set([text]);
  const about = new Set<string>();
  let found = -1;
  while (found !== about.size) {
    found = about.size;
    for (const { suggestion, before, after } of acts) {
      if (suggestion === null) continue;
      const [old, fresh] = [before.split("\n"), after.split("\n")];
      const touched = [...old.filter((line) => !fresh.includes(line)), ...fresh.filter((line) => !old.includes(line))];
      if (touched.some((line) => line !== "" && readings.has(line))) {
        about.add(suggestion);
        for (const line of touched) readings.add(line);
      }
    }
  }
  return acts.filter(({ suggestion }) => suggestion !== null && about.has(suggestion));
}

function Life({ agreement, clause, onClose }: { agreement: Agreement; clause: Clause; onClose: () => void }): ReactElement {
  const t = useMessages();
  const locale = useLocale();
  const words = t.standing.back;
  const acts = useQuery({
    queryKey: ["agreement", agreement.id, "history", clause.article],
    queryFn: ({ signal }) => everyPage<HistoryAct>(`/agreements/${agreement.id}/history`, { article: clause.article }, signal),
  });
  const life = acts.data ? lifeOf(acts.data, clause.text) : [];
  return (
    <Dialog title={words.life(clause.number)} onClose={onClose} wide>
      <p className="soft">{words.lifeOf}</p>
      {acts.isPending && <Waiting />}
      {acts.isError && <p className="note bad">{problemText(t, acts.error)}</p>}
      {acts.data && life.length === 0 && <p>{words.noLife}</p>}
      <ol className="clause-life">
        {life.map((act) => (
          <li key={act.seq}>
            <p className="moved-head">
              {act.party !== null && !isOutcome(act.kind) && <PartyName index={partyIndex(agreement, act.party)} name={partyName(agreement, act.party)} />}
              <span>{[isOutcome(act.kind) ? null : act.member?.name, t.standing.moved.deeds[act.kind.slice(act.kind.indexOf(".") + 1)] ?? act.kind].filter(Boolean).join(" ")}</span>
              <time className="soft fine" dateTime={act.at}>{exactly(locale, act.at)}</time>
            </p>
            {act.kind === "suggestion.proposed" && (
              <blockquote className="moved-words">
                <Marked stretches={differences(act.before, act.after)} />
              </blockquote>
            )}
            {act.reason && <p className="history-reason">{t.app.quote(act.reason)}</p>}
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
