/**
 * A dialog on the browser's own `<dialog>`: it keeps the focus inside, closes with Esc, and gives the focus back
 * to where it was. What stands in it is mounted only while it is open. It stands at the end of the page, so that
 * neither the looks nor the listeners of the place it was opened from reach into it.
 */
import { type ReactElement, type ReactNode, useEffect, useId, useRef } from "react";
import { createPortal } from "react-dom";

import { useMessages } from "../i18n/messages";
import { Icon } from "./icons";

type Props = { title: string; onClose: () => void; children: ReactNode; wide?: boolean };

export function Dialog({ title, onClose, children, wide = false }: Props): ReactElement {
  const t = useMessages();
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();

  useEffect(() => {
    const before = document.activeElement;
    const dialog = element.current;
    dialog?.showModal();
    // By itself the browser would choose the button that closes; a form is opened to be filled in.
    dialog?.querySelector<HTMLElement>("[data-first], form :is(input, textarea, select)")?.focus();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  return createPortal(
    <dialog
      ref={element}
      className={wide ? "dialog wide" : "dialog"}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className="dialog-body">
        <header className="dialog-head">
          <h2 id={heading}>{title}</h2>
          <button type="button" className="button quiet small" onClick={onClose} aria-label={t.app.close}>
            <Icon name="close" />
          </button>
        </header>
        {children}
      </div>
    </dialog>,
    document.body,
  );
}
