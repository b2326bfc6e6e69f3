/**
 * What the editor asks of its surroundings and what it offers them.
 *
 * The editor knows no network and no Yjs: `sync/` fits `TextSource`, `UndoStack` and `PresenceSource`.
 * Offsets are UTF-16 units in an article's *flat text* (every character, shown or not), unless said otherwise.
 */

import type { Attributes, Delta, JSONValue } from "../text/delta";
import type { ArticleId, PartyKey, SuggestionId } from "../text/ids";
import type { Run } from "../text/runs";

export type { ArticleId, Attributes, Delta, JSONValue, PartyKey, Run, SuggestionId };

/** One article's flat text, live. */
export interface TextSource {
  /** The whole text as runs; called when the article is first shown, not a keystroke. */
  read(): readonly Run[];
  /**
   * Apply a delta made by this editor. It must reach every observer, with `local` true, before `apply` returns.
   * `attributes` of an insert are complete: the new text inherits nothing (Y.Text.applyDelta does so).
   */
  apply(delta: Delta): void;
  /**
   * Hear every change, in order, after it stands in `read()`; `local` tells this editor's own `apply`
   * (undo and redo are not: they count as `local: false`). Returns how to stop hearing.
   */
  observe(listener: (delta: Delta, local: boolean) => void): () => void;
}

/** Undo of this member's own typing, over all articles (Y.UndoManager in `sync/`). */
export interface UndoStack {
  /** Both return false when there was nothing to do. Their changes arrive through `observe`. */
  undo(): boolean;
  redo(): boolean;
  /** The next edit starts a new step (Y.UndoManager.stopCapturing). */
  seal(): void;
  /** Run `edit` (several `apply` calls) as one step, one transaction: Y.transact. */
  together(edit: () => void): void;
}

/** Where somebody stands; both ends in one article. */
export interface FlatSelection {
  readonly article: ArticleId;
  readonly anchor: number;
  readonly head: number;
}

export interface RemoteCursor extends FlatSelection {
  /** Unique a peer (the Yjs client id, say). */
  readonly key: string;
  readonly name: string;
  readonly party: PartyKey;
}

/** Others' cursors. `sync/` keeps them as relative positions and resolves them whenever asked. */
export interface PresenceSource {
  /** Everyone else's cursor now, as offsets in the present text. */
  others(): readonly RemoteCursor[];
  observe(listener: () => void): () => void;
  /** Tell the others where this member stands; null when nowhere. */
  report(selection: FlatSelection | null): void;
}

export type PartyShape = "circle" | "square" | "diamond" | "triangle";

/** How a party is named and shown. `hue` 0…5 picks the class `party-hue-N`. */
export interface PartyLook {
  readonly key: PartyKey;
  readonly name: string;
  readonly shape: PartyShape;
  readonly hue: number;
}

/** Why an article takes no edit; null or absent while it does. */
export type Closed = "tentative" | "signed" | "struck";

export interface ArticleBinding {
  readonly id: ArticleId;
  readonly title: string;
  readonly text: TextSource;
  /** Words shown beside the title ("Open · 3", "Tentative agreement"). */
  readonly standing?: string;
  readonly closed?: Closed | null;
}

export type EditorView = "markup" | "proposed" | "agreed";
export type Layer = "table" | "caucus";

export interface Author {
  readonly party: PartyKey;
  /** Whether this very member opened the suggestion: typing beside it joins it. Ids this editor minted are known to it. */
  isMine(id: SuggestionId): boolean;
}

/** Why nothing happened. `readonly` = not editable for this member; the rest is the article's `closed`. */
export type Refusal = "readonly" | "agreed_view" | Closed;

/** What a toolbar shows. */
export interface EditorStatus {
  readonly selection: FlatSelection | null;
  /** The selected text as it reads with every suggestion accepted; "" beyond some 20,000 characters. */
  readonly selectedText: string;
  readonly formats: ReadonlySet<InlineFormat>;
  readonly paragraph: { readonly style: ParagraphStyle; readonly level: number } | null;
}

export type InlineFormat = "bold" | "italic" | "underline" | "strike" | "code";
export type ParagraphStyle = "paragraph" | "heading" | "numbered" | "bulleted" | "quote";

export interface AgreementEditorOptions {
  readonly mount: HTMLElement;
  readonly articles: readonly ArticleBinding[];
  readonly me: Author;
  readonly parties: readonly PartyLook[];
  readonly undo: UndoStack;
  readonly view?: EditorView;
  /** In the caucus, edits become drafts (`draft:ins`, `draft:del`, `draft:fmt`). Default "table". */
  readonly layer?: Layer;
  readonly editable?: boolean;
  readonly presence?: PresenceSource;
  /** The accessible name of the text. */
  readonly label?: string;
  readonly words?: Partial<EditorWords>;
  /** The caret entered (or left: null) a suggestion, or one was clicked. */
  readonly onSelectSuggestion?: (id: SuggestionId | null) => void;
  readonly onHoverSuggestion?: (id: SuggestionId | null) => void;
  readonly onStatus?: (status: EditorStatus) => void;
  readonly onRefused?: (reason: Refusal, article: ArticleId) => void;
  /** Something moved: call `positions()` again when convenient. At most once a frame. */
  readonly onLayout?: () => void;
}

/** Every word the editor itself says, for translation. `{party}` is replaced. */
export interface EditorWords {
  insertion: string;
  deletion: string;
  format: string;
  paragraphInserted: string;
  paragraphDeleted: string;
  paragraphFormatted: string;
  draftInsertion: string;
  draftDeletion: string;
  draftFormat: string;
  draftParagraphInserted: string;
  draftParagraphDeleted: string;
  draftParagraphFormatted: string;
}

/** Pixels from the top of the text's own box (the element inside `mount`), scrolled or not; for margin cards. */
export interface SuggestionPosition {
  readonly top: number;
  readonly height: number;
  readonly article: ArticleId;
}

/** What somebody is looking at, in places of the table, so that the other layer can show the same. */
export interface Viewpoint {
  readonly article: ArticleId;
  readonly offset: number;
  /** Pixels from the top of the window to that place. */
  readonly top: number;
  readonly selection: FlatSelection | null;
}

export interface EditorHandle {
  setView(view: EditorView): void;
  setEditable(editable: boolean): void;
  setStanding(article: ArticleId, standing: string, closed?: Closed | null): void;
  setTitle(article: ArticleId, title: string): void;
  /** Articles were added, struck or reordered; those already shown keep their state. */
  setArticles(articles: readonly ArticleBinding[]): void;
  /** Light a suggestion (null: none) and, unless told otherwise, bring it into view. */
  focusSuggestion(id: SuggestionId | null, options?: { readonly scroll?: boolean; readonly caret?: boolean }): void;
  hoverSuggestion(id: SuggestionId | null): void;
  /** Set off several at once, for as long as they are news. */
  lightSuggestions(ids: readonly SuggestionId[]): void;
  /** What the window shows, below its first `below` pixels; null where no text is in sight. */
  viewpoint(below: number): Viewpoint | null;
  /** Show what was looked at elsewhere, in its place in the window, with the caret where it was. */
  lookAt(viewpoint: Viewpoint): void;
  /** Put an article's heading at the top. */
  scrollToArticle(article: ArticleId): void;
  /** Pending suggestions in text order with their place on the page (those of `ids` only, if given). */
  positions(ids?: Iterable<SuggestionId>): Map<SuggestionId, SuggestionPosition>;
  /** Where one place of an article lies on the page; null where it is not shown. */
  positionOf(article: ArticleId, offset: number): SuggestionPosition | null;
  /** Ids of all pending suggestions in text order; cheap. */
  suggestions(): readonly SuggestionId[];
  status(): EditorStatus;
  select(selection: FlatSelection): void;
  focus(): void;
  undo(): void;
  redo(): void;
  toggle(format: InlineFormat): void;
  setLink(href: string | null): void;
  setParagraph(style: ParagraphStyle, level?: number): void;
  indent(): void;
  outdent(): void;
  /** Insert plain text at the caret as a suggestion, as if pasted. */
  insertText(text: string): void;
  destroy(): void;
}
