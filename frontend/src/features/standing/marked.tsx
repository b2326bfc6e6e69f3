/** A passage with what changed marked: struck and underlined, and said in words to who listens. */
import { Fragment, type ReactElement } from "react";

import type { Stretch } from "./difference";

/** Characters of untouched text kept on each side of a change. */
const AROUND = 80;

function shortened(text: string, isFirst: boolean, isLast: boolean): string {
  const room = isFirst || isLast ? AROUND : AROUND * 2;
  if (text.length <= room) return text;
  const [head, tail] = [text.slice(0, AROUND).replace(/\s\S*$/, ""), text.slice(-AROUND).replace(/^\S*\s/, "")];
  if (isFirst) return `… ${tail}`;
  return isLast ? `${head} …` : `${head} … ${tail}`;
}

export function Marked({ stretches, whole = false }: { stretches: readonly Stretch[]; whole?: boolean }): ReactElement {
  const last = stretches.length - 1;
  return (
    <>
      {stretches.map(({ kind, text }, index) => {
        if (kind === "added") return <ins key={index}>{text}</ins>;
        if (kind === "removed") return <del key={index}>{text}</del>;
        return <Fragment key={index}>{whole || last === 0 ? text : shortened(text, index === 0, index === last)}</Fragment>;
      })}
    </>
  );
}
