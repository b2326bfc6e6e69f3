/** The words that would stand, with what is new in them set off; long untouched stretches are left out. */
import { Fragment, type ReactElement } from "react";

import type { Suggestion } from "../../api/types";

/** Characters of untouched text kept on each side of a change. */
const AROUND = 90;

type Piece = { text: string; isNew: boolean };

/** Lay `after` out in pieces, telling what the suggestion put there. */
export function pieces({ before, changes }: Pick<Suggestion, "before" | "changes">): Piece[] {
  const old = Array.from(before);
  const found: Piece[] = [];
  let at = 0;
  const keep = (to: number): void => {
    if (to > at) found.push({ text: old.slice(at, to).join(""), isNew: false });
    at = Math.max(at, to);
  };
  for (const { kind, text, offset } of changes) {
    keep(offset);
    if (kind === "insertion") found.push({ text, isNew: true });
    if (kind === "deletion") at = Math.max(at, offset + Array.from(text).length);
    if (kind === "format") {
      found.push({ text, isNew: true });
      at = Math.max(at, offset + Array.from(text).length);
    }
  }
  keep(old.length);
  return found;
}

function shortened(text: string, isFirst: boolean, isLast: boolean): string {
  const room = isFirst || isLast ? AROUND : AROUND * 2;
  if (text.length <= room) return text;
  if (isFirst) return `… ${text.slice(-AROUND).replace(/^\S*\s/, "")}`;
  if (isLast) return `${text.slice(0, AROUND).replace(/\s\S*$/, "")} …`;
  return `${text.slice(0, AROUND).replace(/\s\S*$/, "")} … ${text.slice(-AROUND).replace(/^\S*\s/, "")}`;
}

export function Changed({ suggestion }: { suggestion: Pick<Suggestion, "before" | "after" | "changes"> }): ReactElement {
  const all = suggestion.after.trim() ? pieces(suggestion) : [{ text: suggestion.before, isNew: false }];
  return (
    <blockquote className={suggestion.after.trim() ? "will-stand" : "will-stand will-go"}>
      {all.map(({ text, isNew }, index) => (
        <Fragment key={index}>
          {isNew ? <mark>{text}</mark> : shortened(text, index === 0 && all.length > 1, index === all.length - 1)}
        </Fragment>
      ))}
    </blockquote>
  );
}
