/** Flat text as nodes of the view, and a view put right wherever it differs from its text. */

import type { Node } from "prosemirror-model";
import { Fragment, Slice } from "prosemirror-model";
import type { Transaction } from "prosemirror-state";
import { ReplaceStep } from "prosemirror-transform";

import type { ArticleText } from "../text/article-text";
import type { ArticleId } from "../text/ids";
import { reading, type ShownParagraph, type View } from "../text/projection";
import { startOf } from "./positions";
import { marksOf, schema } from "./schema";

const nodes = new WeakMap<ShownParagraph, Node>();

/** The node of a paragraph; the same one as long as the paragraph is. */
export function paragraphNode(paragraph: ShownParagraph): Node {
  let node = nodes.get(paragraph);
  if (node === undefined) {
    const content = paragraph.runs.map((run) => schema.text(run.text, marksOf(run.attributes)));
    // Runs that differ only in attributes the view does not show come out as one text node.
    node = schema.nodes.paragraph.create({ mark: paragraph.mark }, Fragment.fromArray(content));
    nodes.set(paragraph, node);
  }
  return node;
}

export function articleNode(id: ArticleId, text: ArticleText, view: View): Node {
  return schema.nodes.article.create({ id }, reading(text, view).map(paragraphNode));
}

/** Replace the paragraphs between the first and the last that differ from the text; all others stay untouched. */
export function reconcile(tr: Transaction, index: number, text: ArticleText, view: View): void {
  const article = tr.doc.child(index);
  const wanted = reading(text, view).map(paragraphNode);
  const same = (have: Node, want: Node | undefined): boolean => want !== undefined && have.eq(want);
  let head = 0;
  while (head < article.childCount && same(article.child(head), wanted[head])) head += 1;
  if (head === article.childCount && head === wanted.length) return;
  let tail = 0;
  const most = Math.min(article.childCount, wanted.length) - head;
  while (tail < most && same(article.child(article.childCount - 1 - tail), wanted[wanted.length - 1 - tail])) tail += 1;
  let from = startOf(tr.doc, index);
  for (let i = 0; i < head; i += 1) from += article.child(i).nodeSize;
  let to = from;
  for (let i = head; i < article.childCount - tail; i += 1) to += article.child(i).nodeSize;
  const slice = new Slice(Fragment.from(wanted.slice(head, wanted.length - tail)), 0, 0);
  tr.step(new ReplaceStep(from, to, slice));
}

/** Put the row of articles right: those that stand where they stood, unchanged, stay untouched. */
export function reconcileArticles(tr: Transaction, wanted: Node): void {
  const doc = tr.doc;
  const [head, tail] = sameArticles(doc, wanted);
  if (head === doc.childCount && head === wanted.childCount) return;
  let from = 0;
  for (let i = 0; i < head; i += 1) from += doc.child(i).nodeSize;
  let to = from;
  for (let i = head; i < doc.childCount - tail; i += 1) to += doc.child(i).nodeSize;
  const articles: Node[] = [];
  for (let i = head; i < wanted.childCount - tail; i += 1) articles.push(wanted.child(i));
  tr.step(new ReplaceStep(from, to, new Slice(Fragment.from(articles), 0, 0)));
}

/** How many articles two documents share at their start and at their end. */
function sameArticles(a: Node, b: Node): [number, number] {
  const most = Math.min(a.childCount, b.childCount);
  let head = 0;
  while (head < most && a.child(head).eq(b.child(head))) head += 1;
  let tail = 0;
  while (tail < most - head && a.child(a.childCount - 1 - tail).eq(b.child(b.childCount - 1 - tail))) tail += 1;
  return [head, tail];
}
