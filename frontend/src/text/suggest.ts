/**
 * What a plain edit becomes when its author may only suggest: the browser's half of admission.
 *
 * The rules are the server's (design, "Admission"); both read tests/vectors. No agreed character is ever
 * inserted, deleted or formatted by the result, and no other party's mark is touched.
 */

import { sameAttributes, sameValue, type Attributes, type JSONValue } from "./attributes";
import { DeltaBuilder, lengthOf, type Delta } from "./delta";
import type { PartyKey, SuggestionId } from "./ids";
import { deletionKey, formatKey, formatsOf, insertionKey, insertionsOf, plain, type Layer } from "./marks";
import { canonicalChange } from "./plain";
import type { Run, RunReader } from "./runs";

export type ChangeKind = "insertion" | "deletion" | "format";

export interface Suggester {
  readonly party: PartyKey;
  /** Default "table". */
  readonly layer?: Layer;
  /** The suggestion that a change at `offset` of the text before the edit belongs to. */
  suggestionFor(kind: ChangeKind, offset: number): SuggestionId;
  /** Whether the author opened a suggestion and may add to it; default: any of the own party. */
  mayUse?(id: SuggestionId): boolean;
}

/** Turn an edit of the text into the edit its author may make. Lengths are UTF-16 units, as in `delta`. */
export function suggest(text: RunReader, delta: Delta, me: Suggester): Delta {
  const result = new DeltaBuilder();
  let offset = 0;
  for (const op of delta) {
    if ("insert" in op) {
      for (const piece of parted(op.insert)) result.insert(piece, inserted(op.attributes ?? {}, piece === "\n", offset, me));
      continue;
    }
    const end = Math.min(offset + lengthOf(op), text.length);
    if ("retain" in op && op.attributes === undefined) {
      result.retain(end - offset);
      offset = end;
      continue;
    }
    for (const run of text.slice(offset, end)) {
      if ("delete" in op) strike(result, run, offset, me);
      else {
        for (const piece of parted(run.text)) {
          const part = { text: piece, attributes: run.attributes };
          result.retain(piece.length, restyled(part, op.attributes ?? {}, offset, me));
        }
      }
      offset += run.text.length;
    }
  }
  return result.done();
}

/** Paragraph marks bear other attributes than the text between them. */
function parted(text: string): string[] {
  return text.split(/(\n)/).filter((piece) => piece !== "");
}

function inserted(attributes: Attributes, isMark: boolean, offset: number, me: Suggester): Attributes {
  const wanted = canonicalChange(attributes, isMark);
  const result = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== null));
  const own = insertionsOf(attributes).find((mark) => isOwn(mark, me));
  result[insertionKey(me.layer ?? "table")] = { id: own?.id ?? me.suggestionFor("insertion", offset), party: me.party };
  return result;
}

/** Whether the character is its author's party's own pending text in the layer being written. */
export function isOwnPending(attributes: Attributes, me: Pick<Suggester, "party" | "layer">): boolean {
  return insertionsOf(attributes).some((mark) => isOwn(mark, me));
}

function isOwn(mark: { party: PartyKey; draft: boolean }, me: Pick<Suggester, "party" | "layer">): boolean {
  return me.layer === "caucus" ? mark.draft : !mark.draft && mark.party === me.party;
}

function strike(result: DeltaBuilder, run: Run, offset: number, me: Suggester): void {
  const key = deletionKey(me.layer ?? "table", me.party);
  const length = run.text.length;
  // In a caucus, what the party has struck at the table already needs no draft to strike it again.
  const isStruck = key in run.attributes || deletionKey("table", me.party) in run.attributes;
  if (isOwnPending(run.attributes, me)) result.delete(length);
  else if (isStruck) result.retain(length);
  else result.retain(length, { [key]: { id: me.suggestionFor("deletion", offset) } });
}

function restyled(run: Run, change: Attributes, offset: number, me: Suggester): Attributes | undefined {
  const layer = me.layer ?? "table";
  const own = [deletionKey(layer, me.party), formatKey(layer, me.party)];
  const result: Record<string, JSONValue> = {};
  for (const [key, value] of Object.entries(change)) if (own.includes(key)) result[key] = value;
  const wanted = canonicalChange(change, run.text === "\n");
  const direct = isOwnPending(run.attributes, me) ? wanted : suggestedFormat(run, wanted, offset, me);
  for (const [key, value] of Object.entries(direct)) {
    if (!sameValue(run.attributes[key] ?? null, value)) result[key] = value;
  }
  return Object.keys(result).length > 0 ? result : undefined;
}

/** Own party's format mark with `wanted` laid over it; values that agree with the text as it stands drop out. */
function suggestedFormat(run: Run, wanted: Attributes, offset: number, me: Suggester): Attributes {
  if (Object.keys(wanted).length === 0) return {};
  const key = formatKey(me.layer ?? "table", me.party);
  const formats = formatsOf(run.attributes);
  const standing = formats.find((mark) => isOwn(mark, me));
  // A draft need not say again what the party suggests at the table.
  const tabled = me.layer === "caucus" ? formats.find((mark) => !mark.draft && mark.party === me.party)?.set : undefined;
  const base = plain(run.attributes);
  const set = Object.fromEntries(
    Object.entries({ ...standing?.set, ...wanted }).filter(
      ([name, value]) => !sameValue(base[name] ?? null, value) && !sameValue(tabled?.[name], value),
    ),
  );
  if (Object.keys(set).length === 0) return standing === undefined ? {} : { [key]: null };
  if (standing !== undefined && sameAttributes(standing.set, set)) return {};
  const joined = standing !== undefined && (me.mayUse?.(standing.id) ?? true) ? standing.id : null;
  return { [key]: { id: joined ?? me.suggestionFor("format", offset), set } };
}
