/** The browser's selection, read before acting on it. */

import { TextSelection } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";

/**
 * Bring the view's selection up to the browser's. Browsers tell of a moved caret in a later task: a key that comes
 * before that task would otherwise act where the caret was.
 */
export function readSelection(view: EditorView): void {
  const { selection } = view.state;
  if (view.composing || !view.hasFocus()) return;
  const dom = view.dom.ownerDocument.getSelection();
  // With everything selected the two need not agree on the ends; a caret, though, means that no longer all is.
  if (!(selection instanceof TextSelection) && dom?.isCollapsed !== true) return;
  if (dom?.anchorNode == null || dom.focusNode === null) return;
  if (!view.dom.contains(dom.anchorNode) || !view.dom.contains(dom.focusNode)) return;
  const anchor = view.posAtDOM(dom.anchorNode, dom.anchorOffset);
  const head = dom.isCollapsed ? anchor : view.posAtDOM(dom.focusNode, dom.focusOffset);
  if (anchor === selection.anchor && head === selection.head) return;
  const { doc } = view.state;
  const read = TextSelection.between(doc.resolve(anchor), doc.resolve(head));
  if (!read.eq(selection)) view.dispatch(view.state.tr.setSelection(read));
}
