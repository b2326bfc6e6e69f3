/** Articles as plain reading matter, laid out from the service's JSON; used wherever nobody writes. */
import "../../editor/editor.css";
import "./page.css";

import { Fragment, type ReactElement, type ReactNode, useMemo } from "react";

import type { ArticleText, Paragraph, PlainMarks } from "../../api/types";
import { articleNumber, numbering } from "../../text/numbering";

const INLINE = [
  ["code", "code"],
  ["strike", "s"],
  ["underline", "u"],
  ["italic", "em"],
  ["bold", "strong"],
] as const;

const SAFE_LINK = /^(?:https?:|mailto:)/i;

function dressed(text: string, marks: PlainMarks): ReactNode {
  let node: ReactNode = text;
  for (const [name, Tag] of INLINE) if (marks[name] === true) node = <Tag>{node}</Tag>;
  const link = marks["link"];
  if (typeof link === "string" && SAFE_LINK.test(link)) {
    node = (
      <a href={link} rel="noreferrer noopener">
        {node}
      </a>
    );
  }
  return suggested(node, marks);
}

function idOf(mark: unknown): string {
  return typeof mark === "object" && mark !== null && "id" in mark ? String(mark.id) : "";
}

/** What is only suggested is set in the elements that say so; in the agreed view there is none of it. */
function suggested(node: ReactNode, marks: PlainMarks): ReactNode {
  let shown = node;
  for (const [name, mark] of Object.entries(marks)) {
    if (name.startsWith("fmt:")) shown = <span className="suggested suggested-format" data-suggestion={idOf(mark)}>{shown}</span>;
    if (name.startsWith("del:")) shown = <del className="suggested suggested-deletion" data-suggestion={idOf(mark)}>{shown}</del>;
    if (name === "ins") shown = <ins className="suggested suggested-insertion" data-suggestion={idOf(mark)}>{shown}</ins>;
  }
  return shown;
}

function ParagraphText({ paragraph, number }: { paragraph: Paragraph; number: string | null }): ReactElement {
  const content = paragraph.runs.map(({ text, marks }, index) => <Fragment key={index}>{dressed(text, marks)}</Fragment>);
  const isEmpty = paragraph.runs.length === 0;
  const look = { className: `paragraph style-${paragraph.style} level-${String(paragraph.level)}${isEmpty ? " empty" : ""}`, ...(number !== null && { "data-number": number }) };
  switch (paragraph.style) {
    case "heading":
      return <h3 {...look}>{content}</h3>;
    case "quote":
      return <blockquote {...look}>{content}</blockquote>;
    default:
      return <p {...look}>{content}</p>;
  }
}

function ArticleReading({ article, position }: { article: ArticleText; position: number }): ReactElement {
  const numbers = useMemo(
    () => numbering(article.paragraphs.map(({ style, level }) => ({ style, level })), articleNumber(article.title)),
    [article],
  );
  return (
    <section className="article" id={`article-${article.id}`} aria-labelledby={`title-${article.id}`} data-position={position}>
      <header className="article-heading">
        <h2 className="article-title" id={`title-${article.id}`}>
          {article.title}
        </h2>
      </header>
      <div className="article-body">
        {article.paragraphs.map((paragraph, index) => (
          <ParagraphText key={index} paragraph={paragraph} number={numbers[index]?.agreed ?? null} />
        ))}
      </div>
    </section>
  );
}

/** A whole text to read. */
export function Reading({ articles }: { articles: readonly ArticleText[] }): ReactElement {
  return (
    <div className="agreement-text reading-text">
      {articles.map((article, index) => (
        <ArticleReading key={article.id} article={article} position={index + 1} />
      ))}
    </div>
  );
}
