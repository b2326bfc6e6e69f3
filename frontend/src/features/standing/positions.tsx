/** Positions by article, side by side: status quo, each party's, and what is agreed. Narrow, one below the other. */
import { type ReactElement, useState } from "react";

import type { Agreement, ArticlePositions, Paragraph } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { PartyName } from "../../ui/party_mark";
import { problemText } from "../../ui/problem_text";
import { Waiting } from "../../ui/waiting";
import { articleNumber, numbering } from "../../text/numbering";
import { partyIndex, partyName } from "../articles/room";
import { aligned } from "./alignment";
import { differences } from "./difference";
import { Marked } from "./marked";
import { useArticlePositions, usePositions } from "./queries";
import { standingName } from "./standings";

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
  const [isWhole, setIsWhole] = useState(false);
  const seen = [brief.agreed, ...Object.values(brief.positions)].map(({ content_hash }) => content_hash).join();
  const found = useArticlePositions(agreement.id, brief.id, true, seen);
  const article = found.data?.articles[0];
  if (found.isError) return <p className="note bad">{problemText(t, found.error)}</p>;
  if (!article) return <Waiting />;
  const parties = agreement.parties.filter(({ key, signatory }) => signatory || article.positions[key]?.differs);
  const readings = [
    { key: "status quo", name: <span>{words.statusQuo}</span>, lines: lines(article.title, article.status_quo?.paragraphs ?? null) },
    ...parties.map(({ key, name }) => ({
      key,
      name: <PartyName index={partyIndex(agreement, key)} name={name} />,
      lines: lines(article.title, article.positions[key]?.paragraphs ?? null),
    })),
  ];
  const rows = aligned(lines(article.title, article.agreed.paragraphs), readings.map((reading) => reading.lines));
  const shown = isWhole ? rows : rows.filter((row) => row.isChanged);
  const amended = parties.filter(({ key }) => Object.keys(article.positions[key]?.amendments ?? {}).length > 0);
  return (
    <>
      {shown.length === 0 && <p className="soft">{words.allAgree}</p>}
      {shown.length > 0 && (
        <table className="position-table">
          <thead>
            <tr>
              {readings.map(({ key, name }) => <th key={key} scope="col">{name}</th>)}
              <th scope="col">{words.agreed}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row, index) => (
              <tr key={index}>
                {readings.map(({ key, name }, place) => (
                  <td key={key}>
                    <span className="cell-name">{name}</span>
                    <Cell lead={row.lead} cell={row.cells[place] ?? []} />
                  </td>
                ))}
                <td>
                  <span className="cell-name">{words.agreed}</span>
                  {row.lead}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {amended.map(({ key, name }) => (
        <p key={key} className="soft fine">
          {name}: {words.amends(Object.keys(article.positions[key]?.amendments ?? {}).length)}
        </p>
      ))}
      <button type="button" className="button quiet small position-whole" aria-expanded={isWhole} onClick={() => { setIsWhole(!isWhole); }}>
        {isWhole ? words.onlyChanged : words.whole}
      </button>
    </>
  );
}

/** The lines of one reading beside a line of the agreed one; what it would change of that is marked. */
function Cell({ lead, cell }: { lead: string | null; cell: readonly string[] }): ReactElement {
  const readings: [string, string][] = cell.length === 0 && lead !== null ? [[lead, ""]] : cell.map((line, index) => [index === 0 ? (lead ?? "") : "", line]);
  return (
    <>
      {readings.map(([before, after], index) => (
        <p key={index}>
          <Marked stretches={differences(before, after)} whole />
        </p>
      ))}
    </>
  );
}

/** An article's paragraphs as lines that begin with their numbers. */
function lines(title: string, paragraphs: readonly Paragraph[] | null): string[] {
  if (!paragraphs) return [];
  const numbers = numbering(paragraphs.map(({ style, level }) => ({ style, level })), articleNumber(title));
  return paragraphs
    .map(({ runs }, index) => {
      const text = runs.map((run) => run.text).join("");
      const number = numbers[index]?.agreed;
      return number ? `${number} ${text}` : text;
    })
    .filter((line) => line !== "");
}
