/**
 * The agreement editor: wires schema, binding, plugins and input into one view, and hands out its handle.
 *
 * Every transaction goes through `dispatch`: one that would change text is turned into an edit of the flat text
 * instead of being applied.
 */

import { EditorState, type Plugin, TextSelection, type Transaction } from "prosemirror-state";
import { EditorView } from "prosemirror-view";

import "./editor.css";
import { Binding, keepSelection, type Shown, SHOWN } from "./binding";
import { caretOf } from "./carets";
import { cleaned, CleanSerializer, plainText } from "./clipboard";
import { Composition } from "./composition";
import { cursors } from "./cursors";
import { readSelection } from "./dom-selection";
import { setInline, toggleFormat } from "./formatting";
import { blocksOfText } from "./html";
import { inputHandlers, pasteBlocks, takeDrop } from "./input";
import { keys } from "./keys";
import { Lights } from "./lights";
import { formatted, insertionOf, type Kind, Looks } from "./looks";
import { ArticleView, type Heading, ParagraphView } from "./node-views";
import { reconcile, reconcileArticles } from "./nodes";
import { numbers } from "./numbers";
import { Page } from "./page";
import { placeOf } from "./positions";
import { signs } from "./signs";
import { editsOf, withoutEcho } from "./steps";
import { SuggestionIndex } from "./suggestion-index";
import { setParagraphs, shiftLevel, typeText } from "./typing";
import { suggestionId } from "../text/ids";
import { fromTable } from "../text/layers";
import type { AgreementEditorOptions, ArticleBinding, ArticleId, EditorHandle, EditorView as View, FlatSelection, SuggestionId, Viewpoint } from "./types";
import { Watch } from "./watch";

/** Mount an editor over these articles. */
export function createAgreementEditor(options: AgreementEditorOptions): EditorHandle {
  return new AgreementEditor(options);
}

class AgreementEditor implements EditorHandle {
  private readonly binding: Binding;
  private readonly composition: Composition;
  private readonly looks: Looks;
  private readonly headings = new Map<ArticleId, Heading>();
  private readonly articleViews = new Set<ArticleView>();
  private readonly index = new SuggestionIndex();
  private readonly prose: EditorView;
  private readonly watch: Watch;
  private readonly page: Page;
  private readonly lights: Lights;

  constructor(private readonly options: AgreementEditorOptions) {
    this.looks = new Looks(options.parties, options.me.party, options.words);
    const { me, undo, onRefused } = options;
    this.binding = new Binding(
      { me, undo, layer: options.layer ?? "table", onRefused: (reason, article) => onRefused?.(reason, article) },
      options.view ?? "markup",
      options.editable ?? true,
    );
    this.composition = new Composition(this.binding);
    this.rememberHeadings(options.articles);
    this.prose = this.mounted();
    this.binding.prose = this.prose;
    this.watch = new Watch(this.prose, this.binding, options);
    this.page = new Page(this.prose, this.binding, this.index);
    this.lights = new Lights(this.prose.dom);
    this.dress();
  }

  private mounted(): EditorView {
    const { binding, composition } = this;
    const doc = binding.follow(this.options.articles);
    return new EditorView(this.options.mount, {
      state: EditorState.create({ doc, plugins: this.plugins() }),
      dispatchTransaction: (tr) => {
        this.dispatch(tr);
      },
      nodeViews: { paragraph: (node) => new ParagraphView(node), article: (node) => this.articleView(node) },
      markViews: Object.fromEntries(
        (["insertion", "deletion", "format"] as const).map((kind) => [kind, (mark) => ({ dom: this.markElement(kind, mark) })]),
      ),
      handleTextInput: (_view, from, to, text) => !composition.active && (typeText(binding, text, from, to) || true),
      handleKeyDown: keys(binding, composition),
      handleDrop: (view, event, _slice, moved) => takeDrop(binding, view, event, moved),
      handleDOMEvents: { ...inputHandlers(binding, composition), ...this.pointerHandlers() },
      transformCopied: cleaned,
      clipboardSerializer: new CleanSerializer(),
      clipboardTextSerializer: plainText,
      attributes: { role: "textbox", "aria-multiline": "true", "aria-label": this.options.label ?? "Agreement", spellcheck: "true" },
    });
  }

  private plugins(): Plugin[] {
    const titleOf = (id: string): string => this.headings.get(id as ArticleId)?.title ?? "";
    return [signs(this.looks), cursors(this.binding, this.looks, this.options.presence), numbers(this.articleViews, titleOf)];
  }

  private articleView(node: ConstructorParameters<typeof ArticleView>[0]): ArticleView {
    const heading = this.headings.get((node.attrs as { id: ArticleId }).id) ?? { title: "" };
    const view = new ArticleView(node, heading, (gone) => this.articleViews.delete(gone));
    this.articleViews.add(view);
    return view;
  }

  private markElement(kind: Kind, mark: Parameters<typeof insertionOf>[0]): HTMLElement {
    const dom = this.looks.element(kind, insertionOf(mark));
    return kind === "format" ? formatted(dom, (mark.attrs as { set: Record<string, null> }).set) : dom;
  }

  private pointerHandlers(): Record<string, (view: EditorView, event: Event) => boolean> {
    const suggestionAt = (event: Event): SuggestionId | null => {
      const found = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-suggestion]") : null;
      return found?.dataset["suggestion"] === undefined ? null : suggestionId(found.dataset["suggestion"]);
    };
    const focus = (): boolean => {
      this.watch.focusChanged();
      return false;
    };
    return {
      click: (_view, event) => {
        const id = suggestionAt(event);
        if (id !== null) this.watch.tell(id);
        return false;
      },
      mouseover: (_view, event) => {
        const id = suggestionAt(event);
        this.lights.hover(id);
        this.options.onHoverSuggestion?.(id);
        return false;
      },
      focus,
      focusout: focus,
    };
  }

  private dispatch(tr: Transaction): void {
    if (tr.docChanged && tr.getMeta(SHOWN) === undefined) {
      if (!this.composition.active) {
        this.editInstead(tr);
        return;
      }
      this.composition.absorb(tr);
    }
    const shown = tr.getMeta(SHOWN) as Shown | undefined;
    if (tr.selectionSet && shown === undefined) this.binding.moved();
    this.prose.updateState(this.prose.state.apply(tr));
    if (tr.docChanged || tr.selectionSet || tr.storedMarksSet) this.watch.changed(tr.docChanged);
    if (tr.selectionSet && shown !== "others") this.watch.caretMoved();
  }

  /** The browser changed the page by itself (a spelling correction, a cut, a phone's keyboard): read what it meant. */
  private editInstead(tr: Transaction): void {
    const edits = editsOf(tr);
    for (const [index, delta] of edits) edits.set(index, withoutEcho(tr.before, index, delta));
    const selection = this.prose.state.selection;
    const old = selection.empty ? placeOf(tr.before, selection.head) : null;
    this.binding.edit(edits, caretOf(edits, placeOf(tr.doc, tr.selection.head), old), !selection.empty);
  }

  private dress(): void {
    const { view } = this.binding;
    const readable = this.binding.editable && view !== "agreed";
    const root = this.prose.dom;
    for (const name of ["markup", "proposed", "agreed"]) root.classList.toggle(`view-${name}`, name === view);
    root.classList.add("agreement-text");
    root.classList.toggle("in-caucus", this.options.layer === "caucus");
    root.setAttribute("aria-readonly", String(!readable));
    root.inputMode = readable ? "text" : "none";
  }

  private rememberHeadings(articles: readonly ArticleBinding[]): void {
    for (const { id, title, standing, closed } of articles) {
      this.headings.set(id, { title, closed: closed ?? null, ...(standing === undefined ? {} : { standing }) });
    }
  }

  private head(article: ArticleId, change: Partial<Heading>): void {
    const heading = { title: "", ...this.headings.get(article), ...change };
    this.headings.set(article, heading);
    for (const view of this.articleViews) if (view.id === article) view.show(heading);
    this.watch.changed(true);
  }

  setView(view: View): void {
    if (view === this.binding.view) return;
    this.composition.finish();
    const stood = this.binding.selection();
    this.binding.view = view;
    const tr = this.prose.state.tr.setMeta(SHOWN, "others" satisfies Shown);
    this.binding.articles.forEach((article, index) => {
      reconcile(tr, index, article.text, view);
    });
    this.place(tr, stood);
    this.prose.dispatch(tr);
    this.dress();
  }

  private place(tr: Transaction, selection: FlatSelection | null): void {
    if (selection === null) return;
    const anchor = this.binding.position(selection.article, selection.anchor, tr.doc);
    const head = this.binding.position(selection.article, selection.head, tr.doc);
    if (anchor !== null && head !== null) tr.setSelection(TextSelection.create(tr.doc, anchor, head));
  }

  setEditable(editable: boolean): void {
    this.binding.editable = editable;
    this.dress();
  }

  setStanding(article: ArticleId, standing: string, closed: ArticleBinding["closed"] = null): void {
    const live = this.binding.articles.find(({ id }) => id === article);
    if (live !== undefined) live.closed = closed;
    this.head(article, { standing, closed });
  }

  setTitle(article: ArticleId, title: string): void {
    this.head(article, { title });
  }

  setArticles(articles: readonly ArticleBinding[]): void {
    this.composition.finish();
    this.rememberHeadings(articles);
    const tr = this.prose.state.tr.setMeta(SHOWN, "others" satisfies Shown);
    reconcileArticles(tr, this.binding.follow(articles));
    keepSelection(tr, this.prose.state.selection);
    this.prose.dispatch(tr);
    for (const { id } of articles) this.head(id, {});
  }

  focusSuggestion(id: SuggestionId | null, { scroll = true, caret = false }: { scroll?: boolean; caret?: boolean } = {}): void {
    this.lights.focus(id);
    this.watch.chosen(id);
    if (id === null) return;
    if (scroll) this.page.reveal(id);
    const span = caret ? this.index.find(this.binding.articles, id) : null;
    if (span !== null) this.select({ article: span.article, anchor: span.from, head: span.from });
  }

  hoverSuggestion(id: SuggestionId | null): void {
    this.lights.hover(id);
  }

  lightSuggestions(ids: readonly SuggestionId[]): void {
    this.lights.several(ids);
  }

  viewpoint(below: number): Viewpoint | null {
    return this.page.viewpoint(below);
  }

  lookAt(viewpoint: Viewpoint): void {
    const { selection } = viewpoint;
    const stood = this.binding.articles.find(({ id }) => id === selection?.article)?.text;
    if (selection !== null && stood !== undefined) {
      this.select({ article: selection.article, anchor: fromTable(stood, selection.anchor), head: fromTable(stood, selection.head) });
    }
    this.page.lookAt(viewpoint);
  }

  scrollToArticle(article: ArticleId): void {
    for (const view of this.articleViews) if (view.id === article) view.dom.scrollIntoView({ block: "start" });
  }

  positions(ids?: Iterable<SuggestionId>): ReturnType<EditorHandle["positions"]> {
    return this.page.positions(ids);
  }

  positionOf(article: ArticleId, offset: number): ReturnType<EditorHandle["positionOf"]> {
    return this.page.positionOf(article, offset);
  }

  suggestions(): readonly SuggestionId[] {
    return [...this.index.all(this.binding.articles).keys()];
  }

  status(): ReturnType<EditorHandle["status"]> {
    readSelection(this.prose);
    return this.watch.status();
  }

  select(selection: FlatSelection): void {
    this.composition.finish();
    const tr = this.prose.state.tr;
    this.place(tr, selection);
    this.prose.dispatch(tr);
  }

  focus(): void {
    this.prose.focus();
  }

  undo(): void {
    this.composition.finish();
    this.binding.revert("undo");
  }

  redo(): void {
    this.composition.finish();
    this.binding.revert("redo");
  }

  toggle(format: Parameters<EditorHandle["toggle"]>[0]): void {
    toggleFormat(this.binding, format);
  }

  setLink(href: string | null): void {
    setInline(this.binding, { link: href });
  }

  setParagraph(...[style, level = 1]: Parameters<EditorHandle["setParagraph"]>): void {
    setParagraphs(this.binding, style, level);
  }

  indent(): void {
    shiftLevel(this.binding, 1);
  }

  outdent(): void {
    shiftLevel(this.binding, -1);
  }

  insertText(text: string): void {
    pasteBlocks(this.binding, this.composition, blocksOfText(text));
  }

  destroy(): void {
    this.composition.finish();
    this.watch.stop();
    this.binding.stop();
    this.lights.destroy();
    this.prose.destroy();
  }
}
