/**
 * Rich text from elsewhere (Word, Google Docs, web pages) as paragraphs of plain runs.
 *
 * What the agreement knows is kept: headings, lists and their levels, quotes, bold, italic, underline, strike, code and
 * links. All else is dropped, above all scripts, styles, images, ids and other documents' tracked changes.
 */

import type { Attributes, JSONValue } from "../text/attributes";
import { isLink, withParagraphMarks, writable } from "../text/plain";
import { append, type Run } from "../text/runs";

export interface Block {
  readonly runs: readonly Run[];
  /** Style and level, as they stand on a paragraph mark. */
  readonly mark: Attributes;
}

const DROPPED = new Set(["SCRIPT", "STYLE", "HEAD", "TITLE", "META", "LINK", "TEMPLATE", "SVG", "MATH", "IFRAME", "OBJECT", "DEL"]);
const BLOCKS = new Set([
  "P", "DIV", "H1", "H2", "H3", "H4", "H5", "H6", "LI", "UL", "OL", "BLOCKQUOTE", "PRE", "TABLE", "TR", "TD", "TH",
  "SECTION", "ARTICLE", "HEADER", "FOOTER", "MAIN", "DL", "DT", "DD", "HR", "FIGURE", "ADDRESS", "TBODY", "THEAD",
]);
const INLINE_TAGS: Readonly<Record<string, string>> = {
  B: "bold", STRONG: "bold", I: "italic", EM: "italic", U: "underline", INS: "underline", S: "strike", STRIKE: "strike", CODE: "code",
};
/** Browsers' parsers nest no deeper; ours walks on a stack of calls. */
const DEEPEST = 200;

export function blocksOfHtml(html: string): Block[] {
  const body = new DOMParser().parseFromString(html, "text/html").body;
  const reader = new HtmlReader();
  reader.children(body, { attributes: {}, mark: {}, preserved: false, lists: 0, depth: 0 });
  return reader.done();
}

export function blocksOfText(text: string): Block[] {
  const lines = withParagraphMarks(text).replace(/\n$/, "").split("\n");
  return lines.map((line) => ({ runs: line === "" ? [] : [{ text: visible(line), attributes: {} }], mark: {} }));
}

interface Context {
  readonly attributes: Attributes;
  readonly mark: Attributes;
  readonly preserved: boolean;
  readonly lists: number;
  readonly depth: number;
}

class HtmlReader {
  private readonly blocks: Block[] = [];
  private open: Run[] = [];
  private mark: Attributes = {};

  done(): Block[] {
    this.close();
    return this.blocks;
  }

  children(parent: Node, context: Context): void {
    if (context.depth > DEEPEST) return;
    for (const child of parent.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) this.text(child.nodeValue ?? "", context);
      else if (child instanceof HTMLElement) this.element(child, { ...context, depth: context.depth + 1 });
    }
  }

  private text(value: string, { attributes, preserved, mark }: Context): void {
    const lines = preserved ? value.split(/\r\n?|\n/) : [value.replace(/[ \t\r\n\f\u00a0]+/g, " ")];
    lines.forEach((line, i) => {
      if (i > 0) this.close();
      const starts = this.open.length === 0;
      const text = starts && !preserved ? line.replace(/^ /, "") : line;
      if (text === "") return;
      if (starts) this.mark = mark;
      const joined = text.startsWith(" ") && this.open.at(-1)?.text.endsWith(" ") === true && !preserved;
      append(this.open, visible(joined ? text.slice(1) : text), attributes);
    });
  }

  private element(element: HTMLElement, context: Context): void {
    const tag = element.tagName;
    const style = element.getAttribute("style") ?? "";
    if (DROPPED.has(tag) || /mso-list:\s*ignore/i.test(style) || /display:\s*none/i.test(style)) return;
    if (tag === "BR") {
      this.close();
      return;
    }
    const inner = { ...context, attributes: inline(element, context.attributes, style) };
    if (!BLOCKS.has(tag)) {
      this.children(element, inner);
      return;
    }
    this.close();
    const list = tag === "UL" || tag === "OL";
    const mark = blockMark(element, context, style);
    const preserved = context.preserved || tag === "PRE" || /white-space:\s*pre/i.test(style);
    this.children(element, { ...inner, mark, preserved, lists: context.lists + (list ? 1 : 0) });
    this.close();
  }

  /** End a block. Empty ones are dropped: they are spacing, not text. */
  private close(): void {
    const last = this.open.at(-1);
    if (last !== undefined) this.open[this.open.length - 1] = { ...last, text: last.text.replace(/ $/, "") };
    const runs = this.open.filter((run) => run.text !== "");
    if (runs.length > 0) this.blocks.push({ runs, mark: this.mark });
    this.open = [];
  }
}

function inline(element: HTMLElement, attributes: Attributes, style: string): Attributes {
  const result: Record<string, JSONValue> = { ...attributes };
  const name = INLINE_TAGS[element.tagName];
  if (name !== undefined) result[name] = true;
  const weight = /font-weight:\s*(\w+)/i.exec(style)?.[1];
  if (weight !== undefined) flag(result, "bold", weight === "bold" || weight === "bolder" || Number(weight) >= 600);
  const slant = /font-style:\s*(\w+)/i.exec(style)?.[1];
  if (slant !== undefined) flag(result, "italic", slant === "italic" || slant === "oblique");
  const line = /text-decoration(?:-line)?:\s*([^;]+)/i.exec(style)?.[1];
  if (line !== undefined && element.tagName !== "A") {
    flag(result, "underline", line.includes("underline"));
    flag(result, "strike", line.includes("line-through"));
  }
  const href = element.tagName === "A" ? element.getAttribute("href") : null;
  if (href !== null && isLink(href)) result["link"] = href;
  return result;
}

function flag(result: Record<string, JSONValue>, name: string, on: boolean): void {
  if (on) result[name] = true;
  else Reflect.deleteProperty(result, name);
}

function blockMark(element: HTMLElement, context: Context, style: string): Attributes {
  const tag = element.tagName;
  const heading = /^H([1-6])$/.exec(tag)?.[1];
  if (heading !== undefined) return marked("heading", Number(heading));
  const word = /mso-list:\s*\S+\s+level(\d)/i.exec(style)?.[1];
  if (word !== undefined) return marked(wordMarker(element), Number(word));
  if (tag === "LI") {
    const given = Number(element.getAttribute("aria-level"));
    const parent = element.parentElement;
    return marked(parent?.tagName === "OL" ? "numbered" : "bulleted", given >= 1 ? given : Math.max(1, context.lists));
  }
  if (tag === "BLOCKQUOTE") return { style: "quote" };
  return tag === "UL" || tag === "OL" || tag === "TABLE" ? {} : context.mark;
}

/** Word writes a list item's own sign into the text, in an element it asks others to ignore. */
function wordMarker(element: HTMLElement): "numbered" | "bulleted" {
  const sign = element.querySelector('[style*="mso-list:Ignore" i], [style*="mso-list: Ignore" i]')?.textContent ?? "";
  return /[0-9a-z]+[.)]/i.test(sign.trim()) ? "numbered" : "bulleted";
}

const marked = (style: string, level: number): Attributes => (level > 1 ? { style, level: Math.min(6, level) } : { style });

/** Without control characters; a tab becomes a space. */
function visible(text: string): string {
  return writable(text.replace(/\t/g, " "));
}
