/** Where a comment is written: names are completed as they are typed, and who will read it is said before it is sent. */
import { type KeyboardEvent, type ReactElement, useId, useLayoutEffect, useRef, useState } from "react";

import { useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { partyName, useRoom } from "../articles/room";
import { matching, readers, typedName, written } from "./mentions";
import type { Scope } from "./queries";

const LONGEST = 3_500;

type Props = {
  scope: Scope;
  first?: string;
  label: string;
  send: string;
  isSending: boolean;
  onSend: (text: string) => void;
  onCancel?: () => void;
};

export function Composer({ scope, first = "", label, send, isSending, onSend, onCancel }: Props): ReactElement {
  const t = useMessages();
  const { agreement } = useRoom();
  const [text, setText] = useState(first);
  const [caret, setCaret] = useState<number | null>(null);
  const [chosen, setChosen] = useState(0);
  const area = useRef<HTMLTextAreaElement>(null);
  const moveTo = useRef<number | null>(null);
  const id = useId();
  const able = readers(agreement, scope);
  const name = caret === null ? null : typedName(text, caret);
  const offered = name ? matching(able, name.typed) : [];
  const isPrivate = scope === "party";

  useLayoutEffect(() => {
    if (moveTo.current === null) return;
    area.current?.setSelectionRange(moveTo.current, moveTo.current);
    moveTo.current = null;
  });

  const complete = (index: number): void => {
    const member = offered[index];
    if (!member || !name || caret === null) return;
    const put = `@${member.name} `;
    setText(text.slice(0, name.start) + put + text.slice(caret));
    moveTo.current = name.start + put.length;
    setCaret(null);
    setChosen(0);
  };
  const submit = (): void => {
    if (text.trim() && !isSending) onSend(written(able, text.trim()));
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (offered.length > 0) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step !== undefined) setChosen((chosen + step + offered.length) % offered.length);
      else if (event.key === "Enter" || event.key === "Tab") complete(chosen);
      else if (event.key === "Escape") setCaret(null);
      else return;
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      submit();
    }
  };
  return (
    <div className={isPrivate ? "composer private" : "composer"}>
      {isPrivate && <PrivateMark />}
      <textarea
        ref={area}
        className="input"
        rows={2}
        maxLength={LONGEST}
        value={text}
        data-first=""
        aria-label={label}
        placeholder={label}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={offered.length > 0}
        aria-controls={`${id}-names`}
        aria-activedescendant={offered.length > 0 ? `${id}-${String(chosen)}` : undefined}
        onChange={(event) => { setText(event.target.value); setCaret(event.target.selectionStart); setChosen(0); }}
        onKeyDown={pressed}
        onBlur={() => { setCaret(null); }}
      />
      <div className="names" id={`${id}-names`} role="listbox" aria-label={t.threads.mentions} hidden={offered.length === 0}>
        {offered.map((member, index) => (
          // The text keeps the focus; its keys choose here, and a pointer may.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events
          <div
            key={member.id}
            id={`${id}-${String(index)}`}
            role="option"
            aria-selected={index === chosen}
            tabIndex={-1}
            onMouseDown={(event) => { event.preventDefault(); }}
            onClick={() => { complete(index); }}
          >
            {member.name} <span className="soft fine">{partyName(agreement, member.party)}</span>
          </div>
        ))}
      </div>
      <div className="row">
        {onCancel && (
          <button type="button" className="button quiet small" onClick={onCancel}>
            {t.app.cancel}
          </button>
        )}
        <span className="grow" />
        <button type="button" className="button small primary" disabled={!text.trim() || isSending} onClick={submit}>
          {isPrivate && <Icon name="lock" size={14} />}
          {send}
        </button>
      </div>
    </div>
  );
}

/** What can't be overlooked: that a thread is the party's own. */
export function PrivateMark(): ReactElement {
  const t = useMessages();
  const { agreement } = useRoom();
  return (
    <p className="private-mark">
      <Icon name="lock" size={14} />
      {t.threads.private(partyName(agreement, agreement.me.party))}
    </p>
  );
}
