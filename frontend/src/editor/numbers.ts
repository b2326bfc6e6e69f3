/**
 * Numbers at the margin of numbered paragraphs. They are attributes of the elements, set beside ProseMirror, so
 * that renumbering an article draws nothing again. In markup an agreed number stands, and the one it would become
 * follows it.
 */

import type { Node } from "prosemirror-model";
import { Plugin, PluginKey } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";

import { articleNumber, numbering, type Numbers } from "../text/numbering";
import { markOf } from "./changes";
import type { ArticleView } from "./node-views";

export function numbers(articleViews: ReadonlySet<ArticleView>, titleOf: (id: string) => string): Plugin {
  const label = (view: EditorView, before: Node | null): void => {
    const shown = new Map([...articleViews].map((articleView) => [articleView.id as string, articleView.contentDOM]));
    view.state.doc.forEach((article, _offset, index) => {
      const id = (article.attrs as { id: string }).id;
      const body = shown.get(id);
      if (body === undefined || (before !== null && sameMarks(article, before.maybeChild(index)))) return;
      const marks: ReturnType<typeof markOf>[] = [];
      article.forEach((paragraph) => marks.push(markOf(paragraph)));
      numbering(marks, articleNumber(titleOf(id))).forEach((each, i) => {
        set(body.children[i], each);
      });
    });
  };
  return new Plugin({
    key: new PluginKey("numbers"),
    view: (view) => {
      label(view, null);
      return {
        update: (now, old) => {
          if (now.state.doc !== old.doc) label(now, old.doc);
        },
      };
    },
  });
}

function sameMarks(article: Node, old: Node | null): boolean {
  if (old === null || article.attrs["id"] !== old.attrs["id"] || article.childCount !== old.childCount) return false;
  for (let i = 0; i < article.childCount; i += 1) if (article.child(i).attrs !== old.child(i).attrs) return false;
  return true;
}

function set(element: Element | undefined, { agreed, proposed }: Numbers): void {
  if (element === undefined) return;
  attribute(element, "data-number", agreed ?? proposed);
  attribute(element, "data-becomes", agreed !== null && proposed !== null && agreed !== proposed ? proposed : null);
}

function attribute(element: Element, name: string, value: string | null): void {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
