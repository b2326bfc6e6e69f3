/** A button that opens a small panel. Esc and a click elsewhere close it, and the focus goes back to the button. */
import { type ReactElement, type ReactNode, useEffect, useId, useRef, useState } from "react";

type Props = { label: string; face: ReactNode; children: ReactNode; className?: string };

export function Menu({ label, face, children, className = "button quiet" }: Props): ReactElement {
  const [isOpen, setIsOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const id = useId();

  useEffect(() => {
    if (!isOpen) return undefined;
    const close = (event: Event): void => {
      if (!(event.target instanceof Node && root.current?.contains(event.target))) setIsOpen(false);
    };
    document.addEventListener("pointerdown", close);
    document.addEventListener("focusin", close);
    return () => {
      document.removeEventListener("pointerdown", close);
      document.removeEventListener("focusin", close);
    };
  }, [isOpen]);

  const close = (): void => {
    setIsOpen(false);
    opener.current?.focus();
  };
  return (
    // The key is heard from whatever control inside has the focus; the element itself is none.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className="menu"
      ref={root}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !isOpen) return;
        event.stopPropagation();
        close();
      }}
    >
      <button
        type="button"
        ref={opener}
        className={className}
        aria-label={label}
        title={label}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => {
          setIsOpen(!isOpen);
        }}
      >
        {face}
      </button>
      {isOpen && (
        // Choosing something closes the panel; the key that chooses it arrives here as a click, too.
        // eslint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events
        <div
          className="menu-list"
          id={id}
          onClick={(event) => {
            if (event.target instanceof Element && event.target.closest("button, a")) close();
          }}
        >
          {children}
        </div>
      )}
    </div>
  );
}
