/**
 * Answers on their way. An acceptance, rejection or withdrawal waits five seconds before it is sent, and can be taken
 * back until then; what is on the desk when the page is left is sent. A refusal stays until it has been seen.
 */
import { isProblem } from "../../api/problems";
import type { Suggestion } from "../../api/types";
import { Watched } from "../../sync";

export type Deed = "accept" | "reject" | "question" | "withdraw";
export type Answering =
  | { kind: "waiting"; deed: Deed; reason: string; until: number }
  | { kind: "sending"; deed: Deed }
  /** The text moved since it was seen; `current` is how it stands now. */
  | { kind: "stale"; deed: Deed; current: Suggestion }
  | { kind: "refused"; deed: Deed; error: unknown };

export type Send = (suggestion: Suggestion, deed: Deed, reason: string) => Promise<Suggestion>;
export type Outcome = { seen: Suggestion; deed: Deed; now: Suggestion };

export const TAKE_BACK_MS = 5_000;

export class AnswerDesk {
  readonly answers = new Watched<ReadonlyMap<string, Answering>>(new Map());
  readonly #send: Send;
  readonly #listeners = new Set<(outcome: Outcome) => void>();
  readonly #timers = new Map<string, { timer: ReturnType<typeof setTimeout>; send: () => void }>();

  constructor(send: Send) {
    this.#send = send;
  }

  /** Hear of every answer that the service took. */
  listen(listener: (outcome: Outcome) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Put an answer on the desk, to exactly what `seen` says. */
  answer(seen: Suggestion, deed: Deed, reason = ""): void {
    this.takeBack(seen.id);
    const send = (): void => {
      this.#timers.delete(seen.id);
      void this.#carry(seen, deed, reason);
    };
    if (deed === "question") {
      send();
      return;
    }
    this.#timers.set(seen.id, { timer: setTimeout(send, TAKE_BACK_MS), send });
    this.#put(seen.id, { kind: "waiting", deed, reason, until: Date.now() + TAKE_BACK_MS });
  }

  /** Take a waiting answer back; false where there is none left to take. */
  takeBack(id: string): boolean {
    const waiting = this.#timers.get(id);
    if (!waiting) return false;
    clearTimeout(waiting.timer);
    this.#timers.delete(id);
    this.#put(id, null);
    return true;
  }

  sendNow(id: string): void {
    const waiting = this.#timers.get(id);
    if (!waiting) return;
    clearTimeout(waiting.timer);
    waiting.send();
  }

  /** A refusal has been seen. */
  dismiss(id: string): void {
    const kind = this.answers.get().get(id)?.kind;
    if (kind === "stale" || kind === "refused") this.#put(id, null);
  }

  /** Send everything that waits; for when the page is left. */
  clear(): void {
    for (const id of [...this.#timers.keys()]) this.sendNow(id);
  }

  async #carry(seen: Suggestion, deed: Deed, reason: string): Promise<void> {
    this.#put(seen.id, { kind: "sending", deed });
    try {
      const now = await this.#send(seen, deed, reason);
      this.#put(seen.id, null);
      for (const listener of [...this.#listeners]) listener({ seen, deed, now });
    } catch (error) {
      this.#put(seen.id, refusal(deed, error));
    }
  }

  #put(id: string, answering: Answering | null): void {
    const answers = new Map(this.answers.get());
    if (answering) answers.set(id, answering);
    else answers.delete(id);
    this.answers.set(answers);
  }
}

function refusal(deed: Deed, error: unknown): Answering {
  if (isProblem(error, "stale_suggestion")) {
    const current = error.fields["current"];
    if (typeof current === "object" && current !== null && "content_hash" in current) {
      return { kind: "stale", deed, current: current as Suggestion };
    }
  }
  return { kind: "refused", deed, error };
}
