/** The live layers, table and caucus: the only door to Yjs and to the sockets. */
export type { Connection, Refusal } from "./connection";
export type { Person } from "./presence";
export type { Saving } from "./saving";
export { type LayerEvent, LiveLayer } from "./live_layer";
export { Watched } from "./watched";
export type { Notice } from "./wire";
