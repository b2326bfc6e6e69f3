/**
 * Deltas over flat text, and their algebra. Every length is in UTF-16 units.
 *
 * `apply(compose(a, b))` equals applying `a`, then `b`; `invert` undoes; `transform` carries one
 * of two concurrent deltas over the other so that both orders end in the same text.
 */

export type JSONValue = string | number | boolean | null | JSONValue[] | { [key: string]: JSONValue };
/** Attribute values of characters. In an operation `null` clears; in a run it never occurs. */
export type Attributes = Readonly<Record<string, JSONValue>>;

export type Retain = { readonly retain: number; readonly attributes?: Attributes };
export type Insert = { readonly insert: string; readonly attributes?: Attributes };
export type Delete = { readonly delete: number };
export type Op = Retain | Insert | Delete;
export type Delta = readonly Op[];
