/** Attributes of characters: comparing them and laying a change over them. */

export type JSONValue = string | number | boolean | null | JSONValue[] | { [key: string]: JSONValue };
/** Attribute values of characters. In a change `null` clears; on standing text it never occurs. */
export type Attributes = Readonly<Record<string, JSONValue>>;

export const NONE: Attributes = Object.freeze({});

export function sameValue(a: JSONValue | undefined, b: JSONValue | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => sameValue(item, b[i]));
  }
  return sameAttributes(a, b);
}

export function sameAttributes(a: Attributes, b: Attributes): boolean {
  if (a === b) return true;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && sameValue(a[key], b[key]));
}

/** Lay `change` over `base`: `null` clears. Returns `base` itself when nothing differs. */
export function changed(base: Attributes, change: Attributes | undefined): Attributes {
  if (change === undefined) return base;
  let result: Record<string, JSONValue> | null = null;
  for (const [key, value] of Object.entries(change)) {
    if (value === null ? !(key in base) : sameValue(base[key], value)) continue;
    result ??= { ...base };
    if (value === null) Reflect.deleteProperty(result, key);
    else result[key] = value;
  }
  return result ?? base;
}

/** The change that turns `from` into `to`; undefined when they are equal. */
export function difference(from: Attributes, to: Attributes): Attributes | undefined {
  const change: Record<string, JSONValue> = {};
  for (const key of Object.keys(from)) if (!(key in to)) change[key] = null;
  for (const [key, value] of Object.entries(to)) if (!sameValue(from[key], value)) change[key] = value;
  return Object.keys(change).length > 0 ? change : undefined;
}

/** Two changes in a row as one; `null`s are kept, for they clear. */
export function composed(first: Attributes | undefined, second: Attributes | undefined): Attributes | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  return { ...first, ...second };
}
