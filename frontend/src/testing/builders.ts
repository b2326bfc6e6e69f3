/** Short ways to write flat texts down in tests. */

import type { Attributes } from "../text/attributes";
import type { Run } from "../text/runs";

export const run = (text: string, attributes: Attributes = {}): Run => ({ text, attributes });
export const ins = (text: string, id: string, party = "assoc", more: Attributes = {}): Run => run(text, { ins: { id, party }, ...more });
export const del = (text: string, id: string, party = "assoc", more: Attributes = {}): Run => run(text, { [`del:${party}`]: { id }, ...more });

export const draftIns = (text: string, id: string, more: Attributes = {}): Run => run(text, { "draft:ins": { id, party: "assoc" }, ...more });
export const draftDel = (text: string, id: string, more: Attributes = {}): Run => run(text, { "draft:del": { id }, ...more });

/** Write runs in one line: insertions as +[…]party, deletions as -[…]party, drafts as +(…) and -(…), "\n" as ¶. */
export function shorthand(runs: readonly Run[]): string {
  return runs
    .map(({ text, attributes }) => {
      const formats = Object.keys(attributes).filter((key) => !/^(?:ins$|del:|draft:ins$|draft:del$)/.test(key));
      let written = text.replaceAll("\n", "¶");
      if (formats.length > 0) written = `{${written}|${formats.map((key) => short(key, attributes)).join(",")}}`;
      for (const key of Object.keys(attributes).filter((name) => name.startsWith("del:"))) written = `-[${written}]${key.slice(4)}`;
      const inserted = attributes["ins"] as { party: string } | undefined;
      if (inserted !== undefined) written = `+[${written}]${inserted.party}`;
      if ("draft:del" in attributes) written = `-(${written})`;
      return "draft:ins" in attributes ? `+(${written})` : written;
    })
    .join("");
}

function short(key: string, attributes: Attributes): string {
  const value = attributes[key];
  if (value === true) return key;
  if (typeof value === "object" && value !== null && "set" in value) return `${key}=${JSON.stringify(value["set"])}`;
  return `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`;
}
