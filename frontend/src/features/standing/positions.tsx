/** Positions by article, side by side: status quo, each party's, and what is agreed. Narrow, one below the other. */
import { type ReactElement, useState } from "react";

import type { Agreement, ArticlePositions, Paragraph } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { PartyName } from "../../ui/party_mark";
import { problemText } from "../../ui/problem_text";
import { Waiting } from "../../ui/waiting";
import { articleNumber, numbering } from "../../text/numbering";
import { partyIndex, partyName } from "../articles/room";
import { differences } from "./difference";
import { Marked } from "./marked";
import { useArticlePositions, usePositions } from "./queries";
import { standingName } from "./standing_page";

export function PositionsByArticle({ agreement }: { agreement: Agreement }): ReactElement {
  const t = useMessages();
  const positions = usePositions(agreement.id);
  return (
    <section aria-labelledby="positions">
      <div className="standing-title">
        <h2 id="positions">{t.standing.positions.title}</h2>
      </div>
      {positions.isPending && <Waiting />}
      {positions.isError && <p className="note bad">{problemText(t, positions.error)}</p>}
      <div className="positions">
        {positions.data?.articles.map((article) => <ArticleRow key={article.id} agreement={agreement} article={article} />)}
      </div>
    </section>
  );
}

function ArticleRow({ agreement, article }: { agreement: Agreement; article: ArticlePositions }): ReactElement {
  const t = useMessages();
  const words = t.standing.positions;
  const differs = Object.values(article.positions).some((position) => position.differs);
  const [isOpen, setIsOpen] = useState(differs);
  return (
    <details className="sheet position-row" open={isOpen} onToggle={(event) => { setIsOpen(event.currentTarget.open); }}>
      <summary>
        <span className="position-title">{article.title}</span>
        <span className={`badge standing-badge piece-${article.standing}`}>{standingName(t.standing, article.standing)}</span>
        <span className="position-facts soft fine">
          {article.days_open > 0 && <span>{words.days(article.days_open)}</span>}
          {Object.entries(article.awaiting).map(([party, ones]) => (
            <span key={party}>{words.answers(partyName(agreement, party), ones.length)}</span>
          ))}
        </span>
      </summary>
      {isOpen && <Columns agreement={agreement} brief={article} />}
    </details>
  );
}

function Columns({ agreement, brief }: { agreement: Agreement; brief: ArticlePositions }): ReactElement {
  const t = useMessages();
  const words = t.standing.positions;
  const seen = [brief.agreed, ...Object.values(brief.positions)].map(({ content_hash }) => content_hash).join();
  const found = useArticlePositions(agreement.id, brief.id, true, seen);
  const article = found.data?.articles[0];
  if (found.isError) return <p className="note bad">{problemText(t, found.error)}</p>;
  if (!article) return <Waiting />;
  const agreed = lines(article.title, article.agreed.paragraphs);
  const parties = agreement.parties.filter(({ key, signatory }) => signatory || article.positions[key]?.differs);
  return (
    <div className="position-columns">
      <Column title={<span>{words.statusQuo}</span>} text={article.status_quo ? lines(article.title, article.status_quo.paragraphs) : null} agreed={agreed} />
      {parties.map(({ key, name }) => {
        const position = article.positions[key];
        const amended = Object.keys(position?.amendments ?? {}).length;
        return (
          <Column
            key={key}
            title={<PartyName index={partyIndex(agreement, key)} name={name} />}
            text={position ? lines(article.title, position.paragraphs) : null}
            agreed={agreed}
            same={position?.differs === false}
            more={amended > 0 ? words.amends(amended) : null}
          />
        );
      })}
      <Column title={<span>{words.agreed}</span>} text={agreed} agreed={agreed} />
    </div>
  );
}

type ColumnProps = { title: ReactElement; text: string | null; agreed: string; same?: boolean; more?: string | null };

/** One reading; what it would change of the agreed one is marked in it. */
function Column({ title, text, agreed, same = false, more = null }: ColumnProps): ReactElement {
  const t = useMessages();
  const words = t.standing.positions;
  return (
    <section className="position-column">
      <h4>{title}</h4>
      {same && <p className="soft">{words.asAgreed}</p>}
      {text === null && <p className="soft">{words.newArticle}</p>}
      {!same && text !== null && (
        <div className="position-words">{text === "" && agreed === "" ? words.empty : <Marked stretches={differences(agreed, text)} whole />}</div>
      )}
      {more && <p className="soft fine">{more}</p>}
    </section>
  );
}

/** An article's paragraphs as lines that begin with their numbers. */
function lines(title: string, paragraphs: readonly Paragraph[] | null): string {
  if (!paragraphs) return "";
  const numbers = numbering(paragraphs.map(({ style, level }) => ({ style, level })), articleNumber(title));
  return paragraphs
    .map(({ runs }, index) => {
      const text = runs.map((run) => run.text).join("");
      const number = numbers[index]?.agreed;
      return number ? `${number} ${text}` : text;
    })
    .join("\n");
}
