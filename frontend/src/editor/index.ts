/** The agreement editor: one ProseMirror view over every article's flat text. */

export { createAgreementEditor } from "./editor";
export type * from "./types";
