/** Formatting and undo, above the page; it steps back while one types. */
import type { MouseEvent, ReactElement } from "react";

import type { EditorStatus, InlineFormat, ParagraphStyle } from "../../editor";
import { useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { CommentButton } from "../threads/text_threads";
import { useRoom } from "./room";
import { useStatus } from "./status";

const FORMATS: [InlineFormat, string, string][] = [
  ["bold", "B", "format-bold"],
  ["italic", "I", "format-italic"],
  ["underline", "U", "format-underline"],
];

const STYLES: ParagraphStyle[] = ["paragraph", "heading", "numbered", "bulleted"];

export function FormatBar(): ReactElement {
  const t = useMessages();
  const { editor, view } = useRoom();
  const status = useStatus();
  const isOff = !editor || view === "agreed";
  const words = t.table.format;
  return (
    <div className="format-bar" role="toolbar" aria-label={words.label}>
      {FORMATS.map(([format, letter, look]) => (
        <FormatButton key={format} label={words[format as "bold"]} look={look} letter={letter} isOff={isOff} isOn={status?.formats.has(format) ?? false} onPress={() => { editor?.toggle(format); }} />
      ))}
      <StyleChoice status={status} isOff={isOff} onChoose={(style) => { editor?.setParagraph(style); }} />
      <CommentButton />
      <span className="grow" />
      <button type="button" className="button quiet small" title={words.undo} aria-label={words.undo} disabled={isOff} onMouseDown={keepFocus} onClick={() => { editor?.undo(); }}>
        <Icon name="undo" />
      </button>
      <button type="button" className="button quiet small" title={words.redo} aria-label={words.redo} disabled={isOff} onMouseDown={keepFocus} onClick={() => { editor?.redo(); }}>
        <Icon name="redo" />
      </button>
    </div>
  );
}

/** A click on a tool must not take the caret out of the text. */
function keepFocus(event: MouseEvent): void {
  event.preventDefault();
}

type FormatButtonProps = { label: string; letter: string; look: string; isOn: boolean; isOff: boolean; onPress: () => void };

function FormatButton({ label, letter, look, isOn, isOff, onPress }: FormatButtonProps): ReactElement {
  return (
    <button type="button" className={`button quiet small ${look}`} title={label} aria-label={label} aria-pressed={isOn} disabled={isOff} onMouseDown={keepFocus} onClick={onPress}>
      {letter}
    </button>
  );
}

type StyleChoiceProps = { status: EditorStatus | null; isOff: boolean; onChoose: (style: ParagraphStyle) => void };

function StyleChoice({ status, isOff, onChoose }: StyleChoiceProps): ReactElement {
  const t = useMessages();
  const words = t.table.format;
  const current = status?.paragraph?.style ?? "paragraph";
  return (
    <select
      className="input style-choice"
      aria-label={words.style}
      value={STYLES.includes(current) ? current : "paragraph"}
      disabled={isOff || !status?.paragraph}
      onChange={(event) => { onChoose(event.target.value as ParagraphStyle); }}
    >
      {STYLES.map((style) => (
        <option key={style} value={style}>
          {words[style as "heading"]}
        </option>
      ))}
    </select>
  );
}
