/** Runs: the flat text cut wherever its attributes change. */

import { sameAttributes, type Attributes } from "./attributes";

/** A stretch of characters with equal attributes; in maximal form no two neighbours are equal. */
export type Run = { readonly text: string; readonly attributes: Attributes };

/** Read access to flat text, by UTF-16 offsets. */
export interface RunReader {
  readonly length: number;
  /** Maximal runs of `[from, to)`. */
  slice(from: number, to: number): readonly Run[];
}

/** Append text to runs, joining it to the last where the attributes allow. */
export function append(runs: Run[], text: string, attributes: Attributes): void {
  if (text === "") return;
  const last = runs.at(-1);
  if (last !== undefined && sameAttributes(last.attributes, attributes)) {
    runs[runs.length - 1] = { text: last.text + text, attributes: last.attributes };
  } else {
    runs.push({ text, attributes });
  }
}

export const textOf = (runs: readonly Run[]): string => runs.map((run) => run.text).join("");

/** Cut `[from, to)` out of runs. */
export function sliceRuns(runs: readonly Run[], from: number, to: number): Run[] {
  const result: Run[] = [];
  let start = 0;
  for (const run of runs) {
    const end = start + run.text.length;
    if (end > from && start < to) {
      append(result, run.text.slice(Math.max(0, from - start), to - start), run.attributes);
    }
    start = end;
    if (start >= to) break;
  }
  return result;
}
