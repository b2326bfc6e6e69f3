/**
 * The pieces of a suggestion that make sense alone: a replaced passage is one, and so is each paragraph of a longer
 * text. A piece is told by stretches (code points) of the joined texts of the suggestion's changes, as the service
 * counts them.
 */
import type { Change, Suggestion } from "../../api/types";

export type Piece = { ranges: [number, number][]; changes: Change[] };

type Read = Pick<Suggestion, "changes">;

export function piecesOf({ changes }: Read): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  let last: { piece: Piece; kind: Change["kind"]; end: number } | null = null;
  for (const change of changes) {
    const lines = change.kind === "format" ? [change.text] : paragraphs(change.text);
    let offset = change.offset;
    for (const [index, text] of lines.entries()) {
      const length = Array.from(text).length;
      const range: [number, number] = [at, at + length];
      const part: Change = { ...change, text, offset };
      if (index === 0 && last && replaces(last, change)) {
        last.piece.ranges.push(range);
        last.piece.changes.push(part);
      } else {
        found.push({ ranges: [range], changes: [part] });
      }
      at += length;
      if (change.kind !== "insertion") offset += length;
      const piece = found.at(-1);
      last = piece && lines.length === 1 ? { piece, kind: change.kind, end: offset } : null;
    }
  }
  return found;
}

/** Whether an insertion stands directly at a deletion, or the other way round: one passage in place of another. */
function replaces(last: { piece: Piece; kind: Change["kind"]; end: number }, next: Change): boolean {
  const kinds = new Set([last.kind, next.kind]);
  return last.piece.changes.length === 1 && kinds.has("insertion") && kinds.has("deletion") && last.end === next.offset;
}

/** Whole paragraphs, each with its mark: the one before it where the text begins with a mark, else the one behind. */
function paragraphs(text: string): string[] {
  return text.split(text.startsWith("\n") && !text.endsWith("\n") ? /(?=\n)/ : /(?<=\n)/);
}

/** What a suggestion would be with some of its pieces alone. */
export function only(suggestion: Pick<Suggestion, "before">, chosen: readonly Piece[]): Pick<Suggestion, "before" | "after" | "changes"> {
  const changes = chosen.flatMap((piece) => piece.changes);
  const gone = changes.filter(({ kind }) => kind === "deletion").reduce((sum, { text }) => sum + Array.from(text).length, 0);
  const comes = changes.filter(({ kind }) => kind === "insertion").map(({ text }) => text);
  const left = Array.from(suggestion.before).length - gone;
  return { before: suggestion.before, after: left > 0 ? suggestion.before : comes.join(""), changes };
}
