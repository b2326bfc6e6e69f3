/** A mounted editor over local texts, driven as a person's keyboard drives it. */

import { createAgreementEditor } from "../editor";
import type { AgreementEditorOptions, EditorHandle, Run, SuggestionId } from "../editor/types";
import { partyKey } from "../text/ids";
import { run, shorthand } from "./builders";
import { type LocalText, LocalUndo, localArticles } from "./local-text";
import { PARTIES } from "./parties";

export class Desk {
  readonly mount = document.createElement("div");
  readonly refused: string[] = [];
  readonly selected: (SuggestionId | null)[] = [];
  readonly undo = new LocalUndo();
  readonly editor: EditorHandle;
  readonly texts: readonly LocalText[];

  constructor(texts: readonly (string | readonly Run[])[], options: Partial<AgreementEditorOptions> = {}) {
    document.body.append(this.mount);
    const runs = texts.map((text) => (typeof text === "string" ? [run(text)] : text));
    const articles = localArticles(runs.map((each, i) => ({ title: `Article ${String(i + 1)}`, runs: each })), this.undo);
    this.texts = articles.map(({ text }) => text);
    this.editor = createAgreementEditor({
      mount: this.mount,
      articles,
      me: { party: partyKey("assoc"), isMine: () => false },
      parties: PARTIES,
      undo: this.undo,
      onRefused: (reason) => this.refused.push(reason),
      onSelectSuggestion: (id) => this.selected.push(id),
      ...options,
    });
  }

  get dom(): HTMLElement {
    const dom = this.mount.querySelector<HTMLElement>(".agreement-text");
    if (dom === null) throw new Error("The editor is not mounted");
    return dom;
  }

  /** Put the caret, or select, in an article by whole-text offsets. */
  at(anchor: number, head = anchor, article = 0): this {
    const id = `article-${String(article + 1)}` as Parameters<EditorHandle["select"]>[0]["article"];
    this.editor.select({ article: id, anchor, head });
    return this;
  }

  type(text: string): this {
    for (const each of new Intl.Segmenter().segment(text)) this.input("insertText", each.segment);
    return this;
  }

  input(inputType: string, data?: string): this {
    this.dom.dispatchEvent(new InputEvent("beforeinput", { inputType, data: data ?? null, cancelable: true, bubbles: true }));
    return this;
  }

  key(key: string, modifiers: KeyboardEventInit = {}): this {
    this.dom.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...modifiers }));
    return this;
  }

  paste(data: Readonly<Record<string, string>>): this {
    const event = new Event("paste", { bubbles: true, cancelable: true });
    Object.defineProperty(event, "clipboardData", { value: { getData: (type: string) => data[type] ?? "" } });
    this.dom.dispatchEvent(event);
    return this;
  }

  /** An article's runs in shorthand, and where the caret stands. */
  read(article = 0): string {
    return shorthand(this.texts[article]?.read() ?? []);
  }

  get caret(): string {
    const selection = this.editor.status().selection;
    if (selection === null) return "across";
    return selection.anchor === selection.head ? String(selection.head) : `${String(selection.anchor)}–${String(selection.head)}`;
  }
}
