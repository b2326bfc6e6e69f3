/**
 * Short messages at the foot of the page, spoken to screen readers as they come. `announce` speaks without showing.
 * A toast leaves by itself unless it carries an action that decides something.
 */
import { type ReactElement, useSyncExternalStore } from "react";

import { useMessages } from "../i18n/messages";

export type Toast = { id: number; text: string; details?: string[]; action?: { label: string; run: () => void } };

const SHOWN_FOR_MS = 7_000;

let toasts: readonly Toast[] = [];
let spoken = "";
let counted = 0;
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Show a message, and give back how to take it away. */
export function toast(text: string, more: { details?: string[]; action?: Toast["action"] } = {}): () => void {
  counted += 1;
  const id = counted;
  const { action, details } = more;
  toasts = [...toasts.slice(-2), { id, text, ...(details && { details }), ...(action && { action }) }];
  tell();
  const remove = (): void => {
    toasts = toasts.filter((other) => other.id !== id);
    tell();
  };
  if (!action) setTimeout(remove, SHOWN_FOR_MS + 60 * text.length);
  return remove;
}

/** Say something to screen readers only. */
export function announce(text: string): void {
  // The same words twice would not be spoken again; a no-break space at the end makes them new.
  spoken = spoken === text ? `${text}\u00a0` : text;
  tell();
}

export function Toasts(): ReactElement {
  const t = useMessages();
  const shown = useSyncExternalStore(subscribe, () => toasts);
  const said = useSyncExternalStore(subscribe, () => spoken);
  return (
    <>
      <div className="visually-hidden" role="status" aria-live="polite">
        {said}
      </div>
      <div className="toasts" role="status" aria-live="polite">
        {shown.map(({ id, text, details, action }) => (
          <div className="toast" key={id}>
            <div>
              <p>{text}</p>
              {details?.map((detail) => <p key={detail}>{detail}</p>)}
            </div>
            <button
              type="button"
              className="button small"
              onClick={() => {
                action?.run();
                toasts = toasts.filter((other) => other.id !== id);
                tell();
              }}
            >
              {action?.label ?? t.app.dismiss}
            </button>
          </div>
        ))}
      </div>
    </>
  );
}
