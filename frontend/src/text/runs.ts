/** Runs: the flat text cut wherever its attributes change. */

import type { Attributes } from "./delta";

/** A stretch of characters with equal attributes; in maximal form no two neighbours are equal. */
export type Run = { readonly text: string; readonly attributes: Attributes };
