/** The live table: the only door to Yjs and to the socket. */
export type { Connection, Refusal } from "./connection";
export type { Person } from "./presence";
export type { Saving } from "./saving";
export { Table, type TableEvent } from "./table";
export { Watched } from "./watched";
export type { Notice } from "./wire";
