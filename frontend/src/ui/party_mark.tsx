/** A party told by shape as well as hue, so that nothing hangs on colour. The order of the parties decides both. */
import type { ReactElement } from "react";

import { useMessages } from "../i18n/messages";

const SHAPES = ["circle", "square", "diamond", "triangle"] as const;
export type Shape = (typeof SHAPES)[number];

const HUES = 6;

const DRAWN: Record<Shape, ReactElement> = {
  circle: <circle cx="5" cy="5" r="4.6" />,
  square: <rect x="0.8" y="0.8" width="8.4" height="8.4" rx="0.6" />,
  diamond: <path d="M5 -0.3L10.300 5 5 10.300 -0.300 5z" />,
  triangle: <path d="M5 0.2L10.200 9.400H-0.200z" />,
};

/** The shape of the party that stands at `index` of its agreement. */
export function shapeOf(index: number): Shape {
  return SHAPES[index % SHAPES.length] ?? "circle";
}

export function hueOf(index: number): number {
  return index % HUES;
}

/** The mark alone; `label` names it where no words stand beside it. */
export function PartyShape({ index, label }: { index: number; label?: string }): ReactElement {
  const t = useMessages();
  const shape = shapeOf(index);
  const named = label === undefined ? { "aria-hidden": true as const } : { role: "img", "aria-label": `${label} (${t.app.shapes[shape]})` };
  return (
    <svg className={`party-shape party-hue-${String(hueOf(index))}`} viewBox="0 0 10 10" {...named}>
      {DRAWN[shape]}
    </svg>
  );
}

export function PartyName({ index, name }: { index: number; name: string }): ReactElement {
  return (
    <span className="party">
      <PartyShape index={index} />
      <span>{name}</span>
    </span>
  );
}
