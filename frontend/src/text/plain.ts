/**
 * Which attributes and characters a text may hold: the browser's half of what the service checks.
 *
 * One canonical form each: an attribute at its default is absent. Paragraph attributes belong on the paragraph mark,
 * inline attributes on every other character.
 */

import type { Attributes, JSONValue } from "./attributes";

const FLAGS: ReadonlySet<string> = new Set(["bold", "italic", "underline", "strike", "code"]);
const STYLES: ReadonlySet<JSONValue> = new Set(["paragraph", "heading", "numbered", "bulleted", "quote"]);
// Tab and the paragraph mark are text; every other control character, the Unicode line separators and the
// non-characters are not. Bidirectional controls stay: scripts need them, and people see them flagged.
// eslint-disable-next-line no-control-regex -- control characters are what is taken out.
const UNWRITABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]/g;
// eslint-disable-next-line no-control-regex -- the same.
const LINK = /^(?:(?:https?|mailto|tel):|#)[^\u0000-\u0020\u007f-\u00a0\u2028\u2029\ufeff<>"`\\]*$/i;
const LONGEST_LINK = 2048;

/** Text as a document may hold it: no halves of surrogate pairs, no control characters. */
export function writable(text: string): string {
  return text
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
    .replace(UNWRITABLE, "");
}

/** Line ends of every sort as paragraph marks. */
export const withParagraphMarks = (text: string): string => text.replace(/\r\n?|[\u2028\u2029\v\f\u0085]/g, "\n");

export function isLink(value: JSONValue): value is string {
  return typeof value === "string" && value.length <= LONGEST_LINK && LINK.test(value);
}

/** A change of attributes as it may stand on such a character: values at their default clear, others not allowed go. */
export function canonicalChange(change: Attributes, onParagraphMark: boolean): Record<string, JSONValue> {
  const result: Record<string, JSONValue> = {};
  for (const [name, value] of Object.entries(change)) {
    const canonical = onParagraphMark ? paragraphValue(name, value) : inlineValue(name, value);
    if (canonical !== undefined) result[name] = canonical;
  }
  return result;
}

function inlineValue(name: string, value: JSONValue): JSONValue | undefined {
  if (FLAGS.has(name)) return value === true ? true : value === null || value === false ? null : undefined;
  return name === "link" && (value === null || isLink(value)) ? value : undefined;
}

function paragraphValue(name: string, value: JSONValue): JSONValue | undefined {
  if (name === "style") return value === null || value === "paragraph" ? null : STYLES.has(value) ? value : undefined;
  if (name !== "level") return undefined;
  if (value === null || value === 1) return null;
  return typeof value === "number" && Number.isInteger(value) && value > 1 && value <= 6 ? value : undefined;
}
