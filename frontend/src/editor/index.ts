/** The agreement editor: one ProseMirror view over every article's flat text. */

export type * from "./types";
