/**
 * Deltas over flat text, and their algebra. Every length is in UTF-16 units.
 *
 * `compose(a, b)` does what `a`, then `b` do; `transform` carries one of two concurrent deltas over the
 * other, so that both orders end in the same text. Where text is replaced, the deletion stands before the
 * insertion: a suggested replacement reads old, then new.
 */

import { changed, composed, sameAttributes, type Attributes } from "./attributes";

export type { Attributes, JSONValue } from "./attributes";

export type Retain = { readonly retain: number; readonly attributes?: Attributes };
export type Insert = { readonly insert: string; readonly attributes?: Attributes };
export type Delete = { readonly delete: number };
export type Op = Retain | Insert | Delete;
export type Delta = readonly Op[];

export const lengthOf = (op: Op): number =>
  "insert" in op ? op.insert.length : "delete" in op ? op.delete : op.retain;

const alike = (a: Attributes | undefined, b: Attributes | undefined): boolean => sameAttributes(a ?? {}, b ?? {});

/** Gathers operations in normal form: neighbours joined, deletion before insertion, no idle tail. */
export class DeltaBuilder {
  private readonly ops: Op[] = [];

  retain(count: number, attributes?: Attributes): this {
    if (count <= 0) return this;
    const last = this.ops.at(-1);
    if (last !== undefined && "retain" in last && alike(last.attributes, attributes)) {
      this.ops[this.ops.length - 1] = withAttributes({ retain: last.retain + count }, attributes);
    } else {
      this.ops.push(withAttributes({ retain: count }, attributes));
    }
    return this;
  }

  insert(text: string, attributes?: Attributes): this {
    if (text === "") return this;
    const last = this.ops.at(-1);
    if (last !== undefined && "insert" in last && alike(last.attributes, attributes)) {
      this.ops[this.ops.length - 1] = withAttributes({ insert: last.insert + text }, attributes);
    } else {
      this.ops.push(withAttributes({ insert: text }, attributes));
    }
    return this;
  }

  delete(count: number): this {
    if (count <= 0) return this;
    let at = this.ops.length;
    for (let op = this.ops[at - 1]; op !== undefined && "insert" in op; op = this.ops[at - 1]) at -= 1;
    const before = this.ops[at - 1];
    if (before !== undefined && "delete" in before) this.ops[at - 1] = { delete: before.delete + count };
    else this.ops.splice(at, 0, { delete: count });
    return this;
  }

  push(op: Op): this {
    if ("insert" in op) return this.insert(op.insert, op.attributes);
    return "delete" in op ? this.delete(op.delete) : this.retain(op.retain, op.attributes);
  }

  done(): Delta {
    for (let last = this.ops.at(-1); last !== undefined && "retain" in last; last = this.ops.at(-1)) {
      if (last.attributes !== undefined && Object.keys(last.attributes).length > 0) break;
      this.ops.pop();
    }
    return this.ops;
  }
}

function withAttributes(op: { retain: number } | { insert: string }, attributes?: Attributes): Op {
  return attributes === undefined || Object.keys(attributes).length === 0 ? op : { ...op, attributes };
}

/** Hands out a delta piece by piece; past its end it retains without end. */
class DeltaReader {
  private index = 0;
  private used = 0;

  constructor(private readonly ops: Delta) {}

  get ended(): boolean {
    return this.index >= this.ops.length;
  }

  get inserts(): boolean {
    const op = this.ops[this.index];
    return op !== undefined && "insert" in op;
  }

  get deletes(): boolean {
    const op = this.ops[this.index];
    return op !== undefined && "delete" in op;
  }

  get left(): number {
    const op = this.ops[this.index];
    return op === undefined ? Infinity : lengthOf(op) - this.used;
  }

  take(count: number): Op {
    const op = this.ops[this.index];
    if (op === undefined) return { retain: count };
    const from = this.used;
    const length = Math.min(count, lengthOf(op) - from);
    this.used += length;
    if (this.used === lengthOf(op)) {
      this.index += 1;
      this.used = 0;
    }
    if ("delete" in op) return { delete: length };
    if ("insert" in op) return withAttributes({ insert: op.insert.slice(from, from + length) }, op.attributes);
    return withAttributes({ retain: length }, op.attributes);
  }
}

const laid = (text: Insert, change: Attributes | undefined): Attributes =>
  change === undefined ? (text.attributes ?? {}) : changed(text.attributes ?? {}, change);

export function compose(first: Delta, second: Delta): Delta {
  const [a, b, result] = [new DeltaReader(first), new DeltaReader(second), new DeltaBuilder()];
  while (!a.ended || !b.ended) {
    if (b.inserts) result.push(b.take(Infinity));
    else if (a.deletes) result.push(a.take(Infinity));
    else {
      const count = Math.min(a.left, b.left);
      const [before, after] = [a.take(count), b.take(count)];
      if ("insert" in before) {
        if ("retain" in after) result.insert(before.insert, laid(before, after.attributes));
      } else if ("delete" in after) result.delete(count);
      else if ("retain" in before && "retain" in after) {
        result.retain(count, composed(before.attributes, after.attributes));
      }
    }
  }
  return result.done();
}

/** Carry `delta` over `other`, made concurrently. With `first`, its insertions stand before the other's at one place. */
export function transform(delta: Delta, other: Delta, first: boolean): Delta {
  const [a, b, result] = [new DeltaReader(delta), new DeltaReader(other), new DeltaBuilder()];
  while (!a.ended) {
    if (a.inserts && (first || !b.inserts)) result.push(a.take(Infinity));
    else if (b.inserts) result.retain(lengthOf(b.take(Infinity)));
    else {
      const count = Math.min(a.left, b.left);
      const [mine, theirs] = [a.take(count), b.take(count)];
      if ("delete" in theirs) continue;
      if ("delete" in mine) result.delete(count);
      else if ("retain" in mine) result.retain(count, first ? mine.attributes : yielding(mine, theirs));
    }
  }
  return result.done();
}

/** Of two changes to one attribute the one that comes `first` wins, so the other leaves it out. */
function yielding(mine: Retain, theirs: Op): Attributes | undefined {
  if (!("retain" in theirs) || theirs.attributes === undefined || mine.attributes === undefined) return mine.attributes;
  const taken = theirs.attributes;
  return Object.fromEntries(Object.entries(mine.attributes).filter(([key]) => !(key in taken)));
}

/** Where a place in the old text lies in the new one; `side` 1 lets insertions at the very place come before it. */
export function mapOffset(delta: Delta, offset: number, side: -1 | 1): number {
  let [before, after] = [0, 0];
  for (const op of delta) {
    if (before > offset || (before === offset && side < 0 && !("delete" in op))) break;
    if ("insert" in op) after += op.insert.length;
    else if ("delete" in op) before += op.delete;
    else {
      if (before + op.retain > offset) break;
      before += op.retain;
      after += op.retain;
    }
  }
  return before > offset ? after : after + offset - before;
}
