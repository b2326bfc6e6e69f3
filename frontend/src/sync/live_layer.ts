/**
 * One layer of an agreement, live in this window: its document, the connection, who is here, and the truth about saving.
 * Table and caucus are two documents over two sockets, which share nothing here: what is written in one, who is in it
 * and what of it lies on the device never passes through the other.
 * A layer that turns out to be outdated is thrown away whole and opened anew; it is never repaired.
 */
import { Awareness } from "y-protocols/awareness";
import { applyUpdate, Doc, type Map as YMap, Text as YText, type Transaction } from "yjs";

import type { ArticleId, Layer, TextSource } from "../editor";
import { anchorAt, offsetOf } from "./anchors";
import type { Connection } from "./connection";
import { OfflineStore } from "./offline";
import { type Person, Presence } from "./presence";
import { Provider } from "./provider";
import { TypingUndo, YTextSource } from "./text_source";
import { UnsavedWork } from "./unsaved_work";
import { Watched } from "./watched";
import type { Notice } from "./wire";

export type LayerEvent =
  /** An article's text changed, by anybody. */
  | { kind: "text"; article: string }
  | { kind: "notice"; notice: Notice }
  /** Something was decided or recorded, perhaps without a change of text. */
  | { kind: "recorded" }
  /** Connected again; what was written meanwhile is saved, corrected where `notices` say so. */
  | { kind: "returned"; changes: number; notices: Notice[] }
  /** What an earlier window had not got through is saved now. */
  | { kind: "restored"; changes: number };

const PROVE_AFTER_MS = 300;
/** A live link that saves nothing for this long is taken for dead. */
const SILENCE_MS = 12_000;

type Return = { changes: number; notices: Notice[]; restored: boolean };

export class LiveLayer {
  readonly layer: Layer;
  readonly presence: Presence;
  readonly undo: TypingUndo;
  readonly ready = new Watched(false);
  readonly #doc = new Doc();
  readonly #articles: YMap<YText> = this.#doc.getMap("articles");
  readonly #awareness = new Awareness(this.#doc);
  readonly #provider: Provider;
  readonly #work: UnsavedWork;
  readonly #listeners = new Set<(event: LayerEvent) => void>();
  #returning: Return | null = null;
  #proof: ReturnType<typeof setTimeout> | null = null;
  #silence: ReturnType<typeof setTimeout> | null = null;

  /** `me` is who sits here; `account` keeps what one person left unsaved on a device apart from another's. */
  constructor(layer: Layer, agreement: string, account: string, me: Omit<Person, "here">) {
    this.layer = layer;
    this.#work = new UnsavedWork(new OfflineStore(`${agreement}/${layer}/${account}`, String(this.#doc.clientID)));
    this.#doc.on("afterTransaction", this.#transacted);
    this.#doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== this.#provider) this.#work.hold(update);
    });
    this.presence = new Presence(this.#awareness, this.#doc, this.#articles, me);
    this.undo = new TypingUndo(this.#doc, this.#articles, layer);
    this.#provider = new Provider(address(agreement, layer), this.#doc, this.#awareness, {
      synced: this.#synced,
      proven: () => {
        this.#work.proven();
      },
      saved: (clocks) => {
        this.#work.saved(clocks);
      },
      notice: this.#noticed,
    });
    this.#provider.state.watch(this.#connected);
    this.saving.watch(this.#savingChanged);
    window.addEventListener("pagehide", this.#work.keep);
    window.addEventListener("beforeunload", this.#leavingPage);
  }

  get connection(): Watched<Connection> {
    return this.#provider.state;
  }

  get saving(): UnsavedWork["saving"] {
    return this.#work.saving;
  }

  /** The live text of an article; null while the service has not sent it. */
  source(article: ArticleId): TextSource | null {
    const text = this.#articles.get(article);
    return text instanceof YText ? new YTextSource(this.#doc, text, this.#work.touch) : null;
  }

  /** Write down a stretch of an article so that it is found again after any edits; null without the article. */
  anchor(article: string, start: number, end: number): { start: string; end: string } | null {
    const text = this.#articles.get(article);
    return text instanceof YText ? { start: anchorAt(text, start, "after"), end: anchorAt(text, end, "before") } : null;
  }

  /** Where a place that was written down is now; null where this layer never held it. */
  offsetOf(article: string, anchor: string): number | null {
    const text = this.#articles.get(article);
    return text instanceof YText ? offsetOf(this.#doc, text, anchor) : null;
  }

  listen(listener: (event: LayerEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  readonly retry = (): void => {
    this.#provider.retry();
  };

  /** How many suggestions or drafts hold something that the service does not have. */
  get unsaved(): number {
    return this.saving.get().kind === "saved" ? 0 : this.#work.touched;
  }

  /** Whether those in this layer see this member among them; who steps aside reads on unseen and keeps writing nothing. */
  attend(isHere: boolean): void {
    if (isHere) this.#awareness.setLocalState(this.#awareness.getLocalState() ?? {});
    else this.#awareness.setLocalState(null);
  }

  /** Close the layer. What is unsaved stays on the device unless it was refused. */
  leave(): void {
    if (this.connection.get().kind === "outdated") this.#work.discard();
    else this.#work.keep();
    window.removeEventListener("pagehide", this.#work.keep);
    window.removeEventListener("beforeunload", this.#leavingPage);
    for (const timer of [this.#proof, this.#silence]) if (timer) clearTimeout(timer);
    this.presence.destroy();
    this.undo.destroy();
    this.#provider.leave();
    this.#awareness.destroy();
    this.#doc.destroy();
  }

  #emit(event: LayerEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  readonly #transacted = (transaction: Transaction): void => {
    if (transaction.origin !== this.#provider) this.#work.written(transaction);
    for (const [type] of transaction.changed) {
      if (type instanceof YText && type._item?.parentSub) this.#emit({ kind: "text", article: type._item.parentSub });
    }
  };

  readonly #connected = (connection: Connection): void => {
    if (connection.kind === "live") this.#work.link("live");
    if (connection.kind === "waiting" && this.ready.get()) this.#work.link("down");
  };

  readonly #synced = (): void => {
    this.#work.link("live");
    if (this.ready.get()) {
      this.#returning = { changes: this.#work.touched, notices: [], restored: false };
      if (this.saving.get().kind === "saved") this.#returned();
      return;
    }
    this.ready.set(true);
    void this.#work.leftBehind().then((kept) => {
      if (kept.length === 0) return;
      const changes = new Set(kept.flatMap(({ touched }) => touched)).size;
      this.#returning = { changes, notices: [], restored: true };
      this.#work.restore(kept, this.#doc, applyUpdate);
    });
  };

  readonly #noticed = (notice: Notice): void => {
    if (notice.code === "recorded") this.#emit({ kind: "recorded" });
    else if (this.#returning) this.#returning.notices.push(notice);
    else this.#emit({ kind: "notice", notice });
  };

  readonly #savingChanged = (): void => {
    for (const timer of [this.#proof, this.#silence]) if (timer) clearTimeout(timer);
    const { kind } = this.saving.get();
    if (kind === "saving") {
      this.#proof = setTimeout(this.#prove, PROVE_AFTER_MS);
      this.#silence = setTimeout(() => {
        this.#provider.breakOff();
      }, SILENCE_MS);
    }
    if (kind === "saved" && this.#returning) this.#returned();
  };

  readonly #prove = (): void => {
    if (this.saving.get().kind !== "saving") return;
    if (this.#work.needsProof) this.#provider.askProof();
    this.#proof = setTimeout(this.#prove, PROVE_AFTER_MS);
  };

  #returned(): void {
    const returning = this.#returning;
    this.#returning = null;
    if (!returning) return;
    const { changes, notices, restored } = returning;
    if (restored && changes > 0 && notices.length === 0) this.#emit({ kind: "restored", changes });
    else if (!restored || notices.length > 0) this.#emit({ kind: "returned", changes, notices });
  }

  readonly #leavingPage = (event: BeforeUnloadEvent): void => {
    if (this.#work.isAtRisk) event.preventDefault();
  };
}

function address(agreement: string, layer: Layer): string {
  const { protocol, host } = window.location;
  return `${protocol === "https:" ? "wss:" : "ws:"}//${host}/collab/${encodeURIComponent(agreement)}/${layer}`;
}
