/** Plain ProseMirror over the same long text, with no suggestion, binding or sign: the editor is measured beside it. */

import { baseKeymap } from "prosemirror-commands";
import { keymap } from "prosemirror-keymap";
import { EditorState, TextSelection } from "prosemirror-state";
import { EditorView } from "prosemirror-view";

import { articleNode } from "../editor/nodes";
import { schema } from "../editor/schema";
import { ArticleText } from "../text/article-text";
import { articleId } from "../text/ids";
import { longTexts, type LongText } from "./long-text";

export function startPlain(mount: HTMLElement, long: LongText): EditorView {
  const articles = longTexts(long).map(({ runs }, i) => articleNode(articleId(`article-${String(i + 1)}`), new ArticleText(runs), "markup"));
  const doc = schema.nodes.doc.create(null, articles);
  return new EditorView(mount, { state: EditorState.create({ doc, plugins: [keymap(baseKeymap)] }) });
}

/** Put the caret in the middle and bring it into view. */
export function intoTheMiddle(view: EditorView): void {
  const middle = view.state.doc.resolve(Math.floor(view.state.doc.content.size / 2));
  view.focus();
  view.dispatch(view.state.tr.setSelection(TextSelection.near(middle)).scrollIntoView());
}
