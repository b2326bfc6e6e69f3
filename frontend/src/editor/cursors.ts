/** Where others stand: a caret in their party's hue and shape with their name, and what they have selected. */

import type { Node } from "prosemirror-model";
import { Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet, type EditorView } from "prosemirror-view";

import type { Binding } from "./binding";
import type { Looks } from "./looks";
import type { PresenceSource, RemoteCursor } from "./types";

const key = new PluginKey<DecorationSet>("cursors");
/** A crowded room would bury the page under carets; the rest are seen in the list of who is there. */
const SHOWN_AT_MOST = 40;

export function cursors(binding: Binding, looks: Looks, presence: PresenceSource | undefined): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply(tr, set) {
        const others = tr.getMeta(key) as readonly RemoteCursor[] | undefined;
        if (others !== undefined) return drawn(tr.doc, binding, looks, others);
        return set.map(tr.mapping, tr.doc);
      },
    },
    props: {
      decorations(state) {
        return key.getState(state);
      },
    },
    view: (view) => follow(view, presence),
  });
}

/** Others move often; their carets are drawn once a frame. */
function follow(view: EditorView, presence: PresenceSource | undefined): { destroy?: () => void } {
  if (presence === undefined) return {};
  let frame = 0;
  const refresh = (): void => {
    frame = 0;
    view.dispatch(view.state.tr.setMeta(key, presence.others()));
  };
  const stop = presence.observe(() => {
    if (frame === 0) frame = requestAnimationFrame(refresh);
  });
  frame = requestAnimationFrame(refresh);
  return {
    destroy: () => {
      cancelAnimationFrame(frame);
      stop();
    },
  };
}

function drawn(doc: Node, binding: Binding, looks: Looks, others: readonly RemoteCursor[]): DecorationSet {
  const found: Decoration[] = [];
  for (const cursor of others.slice(0, SHOWN_AT_MOST)) {
    const head = binding.position(cursor.article, cursor.head, doc);
    const anchor = binding.position(cursor.article, cursor.anchor, doc);
    if (head === null || anchor === null) continue;
    const classes = looks.classes(cursor.party);
    if (head !== anchor) {
      found.push(Decoration.inline(Math.min(head, anchor), Math.max(head, anchor), { class: `remote-selection ${classes}` }));
    }
    // Keyed by its place, too: a caret that moved is drawn anew, and its name shows again.
    const caret = (): HTMLElement => caretOf(cursor, classes, looks);
    found.push(Decoration.widget(head, caret, { key: `${cursor.key} ${cursor.name} ${String(head)}`, side: 2, marks: [], ignoreSelection: true }));
  }
  return DecorationSet.create(doc, found);
}

function caretOf(cursor: RemoteCursor, classes: string, looks: Looks): HTMLElement {
  const dom = document.createElement("span");
  dom.className = `remote-cursor ${classes}`;
  dom.setAttribute("aria-hidden", "true");
  const label = document.createElement("span");
  label.className = "remote-name";
  label.textContent = cursor.name;
  label.title = looks.party(cursor.party).name;
  dom.append(label);
  return dom;
}
