/** The outline: every article with its standing, and how far the whole has come. A drawer where room is short. */
import { type ReactElement, type RefObject, useEffect, useRef, useState } from "react";

import { useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { StandingsDialog } from "../signing/standings_dialog";
import { OutlineUnits } from "./outline_units";
import { useRoom } from "./room";

export function Outline({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }): ReactElement {
  const t = useMessages();
  const { agreement } = useRoom();
  const closer = useRef<HTMLButtonElement>(null);
  useDrawer(isOpen, onClose, closer);
  return (
    <>
      {isOpen && <button type="button" className="drawer-shade" aria-hidden="true" tabIndex={-1} onClick={onClose} />}
      <nav className={isOpen ? "outline open" : "outline"} aria-label={t.table.outline}>
        <div className="outline-head">
          <h2>{t.table.outline}</h2>
          <button type="button" ref={closer} className="button quiet small drawer-close" aria-label={t.app.close} onClick={onClose}>
            <Icon name="close" />
          </button>
        </div>
        <OutlineUnits onGone={onClose} />
        {agreement.me.sees !== "nothing" && agreement.me.sees !== "tentative" && (
          <>
            <Progress />
            <Standings />
          </>
        )}
      </nav>
    </>
  );
}

/** As a drawer it takes the focus, closes with Esc, and gives the focus back. */
function useDrawer(isOpen: boolean, onClose: () => void, closer: RefObject<HTMLButtonElement | null>): void {
  useEffect(() => {
    if (!isOpen) return undefined;
    const before = document.activeElement;
    closer.current?.focus();
    const pressed = (event: KeyboardEvent): void => {
      if (event.key === "Escape") onClose();
    };
    document.addEventListener("keydown", pressed);
    return () => {
      document.removeEventListener("keydown", pressed);
      if (before instanceof HTMLElement) before.focus();
    };
  }, [isOpen, onClose, closer]);
}

function Standings(): ReactElement {
  const t = useMessages();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <div>
      <button type="button" className="button quiet small" onClick={() => { setIsOpen(true); }}>
        {t.record.initial.all}
      </button>
      {isOpen && <StandingsDialog onClose={() => { setIsOpen(false); }} />}
    </div>
  );
}

function Progress(): ReactElement {
  const t = useMessages();
  const { agreement } = useRoom();
  const all = agreement.articles.length;
  const done = agreement.articles.filter(({ standing }) => standing === "tentative").length;
  return (
    <div className="progress">
      <div className="progress-bar" role="progressbar" aria-valuenow={done} aria-valuemin={0} aria-valuemax={all} aria-label={t.table.progress(done, all)}>
        {agreement.articles.map(({ id, standing }) => (
          <span key={id} className={`progress-${standing}`} />
        ))}
      </div>
      <p className="fine soft">{t.table.progress(done, all)}</p>
    </div>
  );
}
