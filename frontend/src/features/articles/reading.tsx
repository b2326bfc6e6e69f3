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

/** A run of text in the elements that its marks ask for. */
export function dressed(text: string, marks: PlainMarks, look: Look): ReactNode {
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
  return suggested(node, marks, look);
}

function idOf(mark: unknown): string {
  return typeof mark === "object" && mark !== null && "id" in mark && typeof mark.id === "string" ? mark.id : "";
}

/** The classes that carry a party's hue and shape. */
export type Look = (party: string) => string;

function partyOf(name: string, mark: unknown): string {
  if (name !== "ins") return name.slice(name.indexOf(":") + 1);
  return typeof mark === "object" && mark !== null && "party" in mark && typeof mark.party === "string" ? mark.party : "";
}

/** What is only suggested is set in the elements that say so; in the agreed view there is none of it. */
function suggested(node: ReactNode, marks: PlainMarks, look: Look): ReactNode {
  let shown = node;
  for (const [name, mark] of Object.entries(marks)) {
    const dress = (kind: string) => ({ className: `suggested suggested-${kind} ${look(partyOf(name, mark))}`, "data-suggestion": idOf(mark) });
    if (name.startsWith("fmt:")) shown = <span {...dress("format")}>{shown}</span>;
    if (name.startsWith("del:")) shown = <del {...dress("deletion")}>{shown}</del>;
    if (name === "ins") shown = <ins {...dress("insertion")}>{shown}</ins>;
  }
  return shown;
}

type ParagraphProps = { paragraph: Paragraph; number: string | null; look: Look };

function ParagraphText({ paragraph, number, look }: ParagraphProps): ReactElement {
  const content = paragraph.runs.map(({ text, marks }, index) => <Fragment key={index}>{dressed(text, marks, look)}</Fragment>);
  const isEmpty = paragraph.runs.length === 0;
  const shape = { className: `paragraph style-${paragraph.style} level-${String(paragraph.level)}${isEmpty ? " empty" : ""}`, ...(number !== null && { "data-number": number }) };
  switch (paragraph.style) {
    case "heading":
      return <h3 {...shape}>{content}</h3>;
    case "quote":
      return <blockquote {...shape}>{content}</blockquote>;
    default:
      return <p {...shape}>{content}</p>;
  }
}

function ArticleReading({ article, look }: { article: ArticleText; look: Look }): ReactElement {
  const numbers = useMemo(
    () => numbering(article.paragraphs.map(({ style, level }) => ({ style, level })), articleNumber(article.title)),
    [article],
  );
  return (
    <section className="article" id={`article-${article.id}`} aria-labelledby={`title-${article.id}`}>
      <header className="article-heading">
        <h2 className="article-title" id={`title-${article.id}`}>
          {article.title}
        </h2>
      </header>
      <div className="article-body">
        {article.paragraphs.map((paragraph, index) => (
          <ParagraphText key={index} paragraph={paragraph} number={numbers[index]?.agreed ?? null} look={look} />
        ))}
      </div>
    </section>
  );
}

const PLAIN: Look = () => "";

/** A whole text to read; `look` dresses what is suggested by its party. */
export function Reading({ articles, look = PLAIN }: { articles: readonly ArticleText[]; look?: Look }): ReactElement {
  return (
    <div className="agreement-text reading-text">
      {articles.map((article) => (
        <ArticleReading key={article.id} article={article} look={look} />
      ))}
    </div>
  );
}
