/** An agreement's texts held in this window alone: what the editor's own tests and its bench write into. */

import { changed, difference } from "../text/attributes";
import { ArticleText } from "../text/article-text";
import { DeltaBuilder, transform, type Delta } from "../text/delta";
import type { ArticleBinding, Run, TextSource, UndoStack } from "../editor/types";
import { articleId } from "../text/ids";

type Listener = (delta: Delta, local: boolean) => void;

export class LocalText implements TextSource {
  readonly text: ArticleText;
  private readonly listeners = new Set<Listener>();

  constructor(
    runs: readonly Run[],
    private readonly history: LocalUndo,
  ) {
    this.text = new ArticleText(runs);
  }

  read(): readonly Run[] {
    return this.text.slice(0, this.text.length);
  }

  apply(delta: Delta): void {
    this.history.record(this, inverse(this.text, delta));
    this.change(delta, true);
  }

  /** A change by somebody else. */
  receive(delta: Delta): void {
    this.history.carry(this, delta);
    this.change(delta, false);
  }

  change(delta: Delta, local: boolean): void {
    this.text.apply(delta);
    for (const listener of this.listeners) listener(delta, local);
  }

  observe(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

interface Reversal {
  readonly source: LocalText;
  delta: Delta;
}
type Step = Reversal[];

export class LocalUndo implements UndoStack {
  private readonly done: Step[] = [];
  private readonly undone: Step[] = [];
  private sealed = true;
  private nested = 0;

  record(source: LocalText, delta: Delta): void {
    if (this.sealed) this.done.push([]);
    this.sealed = false;
    this.undone.length = 0;
    this.done.at(-1)?.push({ source, delta });
  }

  /** Carry every kept reversal over somebody else's change. */
  carry(source: LocalText, delta: Delta): void {
    for (const stack of [this.done, this.undone]) {
      let theirs = delta;
      for (const reversal of stack.flat().reverse()) {
        if (reversal.source !== source) continue;
        const mine = reversal.delta;
        reversal.delta = transform(mine, theirs, false);
        theirs = transform(theirs, mine, true);
      }
    }
  }

  seal(): void {
    if (this.nested === 0) this.sealed = true;
  }

  together(edit: () => void): void {
    this.nested += 1;
    edit();
    this.nested -= 1;
  }

  undo(): boolean {
    return this.revert(this.done, this.undone);
  }

  redo(): boolean {
    return this.revert(this.undone, this.done);
  }

  private revert(from: Step[], to: Step[]): boolean {
    const step = from.pop();
    if (step === undefined) return false;
    const back: Step = [];
    for (const { source, delta } of step.reverse()) {
      back.push({ source, delta: inverse(source.text, delta) });
      source.change(delta, false);
    }
    to.push(back);
    this.sealed = true;
    return true;
  }
}

/** The delta that takes `delta` back, given the text before it. */
function inverse(text: ArticleText, delta: Delta): Delta {
  const result = new DeltaBuilder();
  let offset = 0;
  for (const op of delta) {
    if ("insert" in op) result.delete(op.insert.length);
    else if ("delete" in op) {
      for (const run of text.slice(offset, offset + op.delete)) result.insert(run.text, run.attributes);
      offset += op.delete;
    } else {
      for (const run of text.slice(offset, offset + op.retain)) {
        result.retain(run.text.length, difference(changed(run.attributes, op.attributes), run.attributes));
      }
      offset += op.retain;
    }
  }
  return result.done();
}

/** Articles with their texts, ready to be shown. */
export function localArticles(texts: readonly { title: string; runs: readonly Run[] }[], undo: LocalUndo): (ArticleBinding & { text: LocalText })[] {
  return texts.map(({ title, runs }, i) => ({ id: articleId(`article-${String(i + 1)}`), title, standing: "Open", text: new LocalText(runs, undo) }));
}
