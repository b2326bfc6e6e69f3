/** The view equals the text's reading after every sequence of edits from both sides, and the selection is always valid. */

import fc from "fast-check";
import { EditorView as ProseMirrorView } from "prosemirror-view";
import { describe, expect, test } from "vitest";

import { arbitraryDelta, arbitraryDraftedRuns } from "../testing/arbitraries";
import { Desk } from "../testing/editing";
import { ArticleText } from "../text/article-text";
import { reading } from "../text/projection";
import { paragraphNode } from "./nodes";
import type { EditorView, Layer } from "./types";

const VIEWS: readonly EditorView[] = ["markup", "proposed", "agreed"];
const LAYERS: readonly Layer[] = ["table", "caucus"];

/** The view's document through the DOM it keeps: what ProseMirror believes and what is drawn must both be the text. */
function documentOf(desk: Desk): { toJSON(): unknown; check(): void } & ProseMirrorView["state"]["doc"] {
  const view = (desk.dom as unknown as { pmViewDesc: { node: ProseMirrorView["state"]["doc"] } }).pmViewDesc;
  return view.node;
}

function expectShown(desk: Desk, view: EditorView): void {
  const doc = documentOf(desk);
  doc.check();
  desk.texts.forEach((text, index) => {
    const wanted = reading(text.text, view).map((paragraph) => paragraphNode(paragraph).toJSON() as unknown);
    const shown: unknown[] = [];
    doc.child(index).forEach((paragraph) => shown.push(paragraph.toJSON()));
    expect(shown).toEqual(wanted);
  });
  const drawn = [...desk.dom.querySelectorAll("p")].map((paragraph) => {
    const copy = paragraph.cloneNode(true) as HTMLElement;
    for (const sign of copy.querySelectorAll(".pilcrow")) sign.remove();
    return copy.textContent;
  });
  expect(drawn).toEqual(desk.texts.flatMap((text) => reading(text.text, view).map(({ runs }) => runs.map((run) => run.text).join(""))));
}

function act(desk: Desk, draw: (below: number) => number, numbers: Iterator<number>): void {
  const article = draw(desk.texts.length);
  const text = desk.texts[article];
  if (text === undefined) return;
  const place = (): number => draw(text.text.length);
  const remote = (): void => {
    text.receive(arbitraryDelta(text.text.length, numbers));
  };
  const acts: (() => unknown)[] = [
    remote,
    remote,
    () => desk.at(place(), place(), article).type("k"),
    () => desk.at(place(), undefined, article).type("mn "),
    () => desk.at(place(), undefined, article).key("Enter"),
    () => desk.at(place(), undefined, article).key("Backspace").key("Backspace"),
    () => desk.at(place(), place(), article).key("Delete"),
    () => desk.at(place(), undefined, article).key("Delete", { ctrlKey: true }),
    () => desk.at(place(), place(), article).key("b", { ctrlKey: true }),
    () => {
      desk.at(place(), place(), article).editor.setParagraph("numbered", 2);
    },
    () => desk.at(place(), undefined, article).paste({ "text/html": "<h2>H</h2><ul><li>one<li>two</ul>" }),
    () => desk.key("a", { ctrlKey: true }).type("z"),
    () => { desk.editor.undo(); },
    () => { desk.editor.redo(); },
  ];
  acts[draw(acts.length)]?.();
}

describe("the binding", () => {
  test.each(VIEWS)("shows the text in %s after every local and remote change", (view) => {
    fc.assert(
      fc.property(fc.array(arbitraryDraftedRuns, { minLength: 1, maxLength: 2 }), fc.constantFrom(...LAYERS), fc.infiniteStream(fc.nat()), (articles, layer, numbers) => {
        const desk = new Desk(articles, { view, layer });
        const draw = (below: number): number => (numbers.next().value as number) % Math.max(1, below);

        for (let i = 0; i < 12; i += 1) {
          act(desk, draw, numbers);
          expectShown(desk, view);
          const { selection } = desk.editor.status();
          const text = desk.texts.find((_, index) => selection?.article === `article-${String(index + 1)}`)?.text;
          if (selection !== null) expect(Math.max(selection.anchor, selection.head)).toBeLessThan(text?.length ?? 0);
        }
        desk.editor.destroy();
        desk.mount.remove();
      }),
      { numRuns: 80 },
    );
  }, 120_000);

  test("switching between readings draws each in full", () => {
    fc.assert(
      fc.property(arbitraryDraftedRuns, fc.array(fc.constantFrom(...VIEWS), { maxLength: 5 }), (runs, views) => {
        const desk = new Desk([runs]);

        for (const view of views) {
          desk.editor.setView(view);
          expectShown(desk, view);
        }
        desk.editor.destroy();
        desk.mount.remove();
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  test("a text that does not end in a mark is shown all the same", () => {
    const desk = new Desk([""]);
    desk.texts[0]?.receive([{ insert: "a\nb" }]);
    desk.texts[0]?.receive([{ retain: 3 }, { insert: "\n" }]);

    expect(new ArticleText(desk.texts[0]?.read() ?? []).paragraphs).toHaveLength(2);
    expectShown(desk, "markup");
  });
});
