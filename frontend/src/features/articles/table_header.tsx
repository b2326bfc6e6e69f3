/** The head of the agreement page: what it is, how it stands, who is here, and whether everything is saved. */
import { type ReactElement, type RefObject, useLayoutEffect, useRef, useState } from "react";
import { Link } from "wouter";

import type { EditorView, Layer } from "../../editor";
import type { Notice } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { Menu } from "../../ui/menu";
import { PeopleDialog } from "../agreements/people";
import { AccountMenu } from "../app/account_menu";
import { LayerSwitch } from "../caucus/layer_switch";
import { Bell } from "../notices/bell";
import { suggestionOf } from "../notices/telling";
import { Present } from "../presence/present";
import { HeadLine } from "../sessions/head_line";
import { ChangesDialog } from "../suggestions/changes_dialog";
import { useWalk } from "../suggestions/walking";
import { useRoom } from "./room";
import { SavingMark } from "./saving_mark";

export function TableHeader({ onOutline }: { onOutline: () => void }): ReactElement {
  const t = useMessages();
  const { agreement, live, layer, select, byId } = useRoom();
  const header = useRef<HTMLElement>(null);
  useHeaderHeight(header, layer);
  const visit = (notice: Notice): boolean => {
    const suggestion = suggestionOf(notice);
    if (notice.agreement_id !== agreement.id || suggestion === null || !byId.has(suggestion)) return false;
    select(suggestion);
    return true;
  };
  return (
    <header className="table-header" ref={header}>
      <div className="header-row">
        <Link href="/" className="button quiet back-link" aria-label={t.app.agreements} title={t.app.agreements}>
          <Icon name="back" />
          <span className="wide-only">{t.app.agreements}</span>
        </Link>
        <p className="header-title">
          <strong>{agreement.title}</strong>
          <HeadLine agreement={agreement} />
        </p>
        {live && <Present live={live} />}
        {live && <SavingMark live={live} />}
        <Bell agreement={agreement.id} live={live} visit={visit} />
        <MoreMenu />
        <AccountMenu />
      </div>
      <div className="header-row second">
        <button type="button" className="button quiet small outline-opener" aria-label={t.table.openOutline} onClick={onOutline}>
          <Icon name="outline" />
          <span className="wide-only">{t.table.outline}</span>
        </button>
        <LayerSwitch />
        <span className="grow" />
        <ViewSwitch />
        {layer === "table" && <ToAnswer />}
      </div>
    </header>
  );
}

/** What sticks below the header must know how tall it is: its lines wrap, and readers set their own size of type. */
function useHeaderHeight(header: RefObject<HTMLElement | null>, layer: Layer): void {
  useLayoutEffect(() => {
    if (!header.current) return undefined;
    const { style } = document.documentElement;
    const band = document.querySelector<HTMLElement>(".caucus-band");
    const tell = (): void => {
      const above = band?.offsetHeight ?? 0;
      style.setProperty("--band", `${String(above)}px`);
      style.setProperty("--header", `${String(above + (header.current?.offsetHeight ?? 0))}px`);
    };
    const observer = new ResizeObserver(tell);
    for (const element of [header.current, band]) if (element) observer.observe(element);
    tell();
    return () => {
      observer.disconnect();
      for (const name of ["--band", "--header"]) style.removeProperty(name);
    };
  }, [header, layer]);
}

const VIEWS: EditorView[] = ["markup", "proposed", "agreed"];

function ViewSwitch(): ReactElement {
  const t = useMessages();
  const { view, setView } = useRoom();
  return (
    <div className="view-switch" role="radiogroup" aria-label={t.table.view}>
      {VIEWS.map((each) => (
        <label key={each} title={t.table.viewHints[each]} className={each === view ? "chosen" : ""}>
          <input type="radio" name="view" value={each} checked={each === view} onChange={() => { setView(each); }} />
          {t.table.views[each]}
        </label>
      ))}
    </div>
  );
}

function ToAnswer(): ReactElement | null {
  const t = useMessages();
  const { agreement, pending, isMine } = useRoom();
  const { nextToAnswer } = useWalk();
  if (!agreement.me.may.includes("respond")) return null;
  const n = pending.filter(isMine).length;
  return n > 0 ? (
    <button type="button" className="button small to-answer" aria-label={t.table.toAnswer(n)} onClick={nextToAnswer}>
      <span className="wide-only">{t.table.toAnswer(n)}</span>
      <span className="narrow-only">{n}</span>
      <span className="turn-next"><Icon name="back" size={14} /></span>
    </button>
  ) : (
    <span className="soft fine to-answer-none">{t.table.noneToAnswer}</span>
  );
}

function MoreMenu(): ReactElement {
  const t = useMessages();
  const { agreement } = useRoom();
  const [open, setOpen] = useState<"people" | "changes" | null>(null);
  const close = (): void => { setOpen(null); };
  return (
    <>
      <Menu label={t.table.more} face={<Icon name="more" size={20} />}>
            <button type="button" className="button quiet" onClick={() => { setOpen("changes"); }}>
              <Icon name="cards" /> {t.table.changes}
            </button>
            <Link href={`/agreements/${agreement.id}/standing`} className="button quiet">
              <Icon name="plot" /> {t.standing.open}
            </Link>
            <Link href={`/agreements/${agreement.id}/packages`} className="button quiet">
              <Icon name="package" /> {t.packages.open}
            </Link>
            <Link href={`/agreements/${agreement.id}/sessions`} className="button quiet">
              <Icon name="clock" /> {t.sessions.title}
            </Link>
            <Link href={`/agreements/${agreement.id}/rules`} className="button quiet">
              <Icon name="seal" /> {t.sessions.rules.title}
            </Link>
            <Link href={`/agreements/${agreement.id}/history`} className="button quiet">
              <Icon name="history" /> {t.table.history}
            </Link>
            {agreement.me.role !== "observer" && (
              <Link href={`/agreements/${agreement.id}/mediation`} className="button quiet">
                <Icon name="scales" /> {t.mediation.title}
              </Link>
            )}
            <Link href={`/agreements/${agreement.id}/notices`} className="button quiet">
              <Icon name="bell" /> {t.notices.toPreferences}
            </Link>
            <button type="button" className="button quiet" onClick={() => { setOpen("people"); }}>
              <Icon name="people" /> {t.agreements.people.open}
            </button>
            <button type="button" className="button quiet" onClick={() => { window.print(); }}>
              <Icon name="printer" /> {t.table.print}
            </button>
            <button type="button" className="button quiet" onClick={() => { document.dispatchEvent(new KeyboardEvent("keydown", { key: "?" })); }}>
              <Icon name="keyboard" /> {t.table.shortcuts}
            </button>
      </Menu>
      {open === "people" && <PeopleDialog agreement={agreement} onClose={close} />}
      {open === "changes" && <ChangesDialog onClose={close} />}
    </>
  );
}
