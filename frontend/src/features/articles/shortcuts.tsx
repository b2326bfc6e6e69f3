/** The keys of the agreement page. Letters work outside the text; Esc leaves it. */
import { type ReactElement, useEffect, useState } from "react";

import { useMessages } from "../../i18n/messages";
import { Dialog } from "../../ui/dialog";
import { announce } from "../../ui/toasts";
import { CounterDialog } from "../suggestions/counter_dialog";
import { type Asking, ReasonDialog } from "../suggestions/reason_dialog";
import { useWalk } from "../suggestions/walking";
import { useRoom } from "./room";

const MOD = /Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘" : "Ctrl";

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

export function Shortcuts(): ReactElement | null {
  const [isListed, setIsListed] = useState(false);
  const [asking, setAsking] = useState<Asking | "counter" | null>(null);
  const { selected, byId, layer } = useRoom();
  const suggestion = selected === null || layer === "caucus" ? undefined : byId.get(selected);
  useKeys(() => { setIsListed(true); }, setAsking);

  if (isListed) return <ShortcutsDialog onClose={() => { setIsListed(false); }} />;
  if (asking === "counter") return suggestion ? <CounterDialog suggestion={suggestion} onClose={() => { setAsking(null); }} /> : null;
  return asking && suggestion ? <ReasonDialog suggestion={suggestion} asking={asking} onClose={() => { setAsking(null); }} /> : null;
}

function useKeys(list: () => void, ask: (asking: Asking | "counter") => void): void {
  const t = useMessages();
  const { selected, byId, desk, select, layer, setLayer, mayCaucus } = useRoom();
  const { next, previous } = useWalk();

  useEffect(() => {
    // Answers are given at the table; in caucus its cards are only read.
    const suggestion = selected === null || layer === "caucus" ? undefined : byId.get(selected);
    const change = (): void => { if (mayCaucus) setLayer(layer === "caucus" ? "table" : "caucus"); };
    const may = (act: "accept" | "reject" | "question" | "counter"): boolean => suggestion?.may.includes(act) ?? false;
    const acts: Record<string, (() => void) | undefined> = {
      j: next,
      k: previous,
      a: () => { if (suggestion && may("accept")) desk.answer(suggestion, "accept"); },
      r: () => { if (may("reject")) ask("reject"); },
      q: () => { if (may("question")) ask("question"); },
      c: () => { if (may("counter")) ask("counter"); },
      u: () => { if (suggestion && desk.takeBack(suggestion.id)) announce(t.suggestions.calm.takenBack); },
      l: change,
      "?": list,
      escape: () => { select(null); },
    };
    const pressed = (event: KeyboardEvent): void => {
      // The text keeps Esc from the browser, and says so; that must not keep anybody in the text.
      if (event.key === "Escape" && !event.isComposing && isTyping(event.target) && event.target instanceof HTMLElement) {
        event.target.blur();
        return;
      }
      if (event.defaultPrevented || event.altKey || document.querySelector("dialog[open]")) return;
      const hasMod = event.metaKey || event.ctrlKey;
      if (hasMod && event.key === "/") {
        event.preventDefault();
        list();
      } else if (hasMod && event.key === ".") {
        event.preventDefault();
        change();
      } else if (!isTyping(event.target) && !hasMod) {
        const act = acts[event.key.toLowerCase()];
        if (!act) return;
        event.preventDefault();
        act();
      }
    };
    document.addEventListener("keydown", pressed);
    return () => { document.removeEventListener("keydown", pressed); };
  }, [selected, byId, desk, select, layer, setLayer, mayCaucus, next, previous, list, ask, t]);
}

function ShortcutsDialog({ onClose }: { onClose: () => void }): ReactElement {
  const t = useMessages();
  const { keys } = t.suggestions;
  const outside: [string, string][] = [
    ["J", keys.next], ["K", keys.previous], ["A", keys.accept], ["R", keys.reject], ["Q", keys.question], ["C", keys.counter], ["U", keys.takeBack], ["L", t.caucus.keys.layer],
  ];
  const inside: [string, string][] = [
    [`${MOD} B`, keys.bold], [`${MOD} I`, keys.italic], [`${MOD} Z`, keys.undo], [`${MOD} ⇧ Z`, keys.redo], ["Esc", keys.leave], [`${MOD} .`, t.caucus.keys.layer], [`${MOD} /`, keys.all],
  ];
  return (
    <Dialog title={keys.title} onClose={onClose}>
      <div className="key-lists">
        <KeyList title={keys.outside} list={outside} />
        <KeyList title={keys.inside} list={inside} />
      </div>
    </Dialog>
  );
}

function KeyList({ title, list }: { title: string; list: [string, string][] }): ReactElement {
  return (
    <section>
      <h3>{title}</h3>
      <dl className="keys">
        {list.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
