import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { ArticleText } from "./article-text";
import type { Delta } from "./delta";
import { partyKey, suggestionId } from "./ids";
import { suggesterOf } from "./joining";
import { deletionKey, isSuggestionKey, type Layer, suggestionsOf } from "./marks";
import { reading } from "./projection";
import { append, type Run } from "./runs";
import { isOwnPending, suggest } from "./suggest";
import { arbitraryDelta, arbitraryDraftedRuns, arbitraryRuns } from "../testing/arbitraries";

interface Vector {
  readonly name: string;
  readonly runs: readonly Run[];
  readonly writer: { readonly party: string };
  /** Default "table". */
  readonly layer?: Layer;
  /** Suggestions in the text that the writer opened; typing beside them joins them. */
  readonly mine?: readonly string[];
  readonly delta: Delta;
  readonly suggested: Delta;
  readonly after: readonly Run[];
}

const FOLDER = join(import.meta.dirname, "../../../tests/vectors");

function vectors(): Vector[] {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(".json"));
  return files.flatMap((name) => {
    const read = JSON.parse(readFileSync(join(FOLDER, name), "utf8")) as Vector | Vector[];
    return Array.isArray(read) ? read : [read];
  });
}

const ASSOC = partyKey("assoc");
const writer = { party: ASSOC, suggestionFor: () => suggestionId("new") };

describe("suggest", () => {
  test.each(vectors().map((vector) => [vector.name, vector] as const))("vector: %s", (_, vector) => {
    const text = new ArticleText(vector.runs);
    const layer = vector.layer ?? "table";
    const opener = { party: partyKey(vector.writer.party), layer, isMine: (id: string) => vector.mine?.includes(id) ?? false };
    const minted: string[] = [];
    const named = (value: unknown): unknown => JSON.parse(JSON.stringify(value).replaceAll(minted[0] ?? "new", "new"));

    const suggested = suggest(text, vector.delta, suggesterOf(text, vector.delta, opener, (id) => minted.push(id)));
    text.apply(suggested);

    expect(named(suggested)).toEqual(vector.suggested);
    expect(named(text.slice(0, text.length))).toEqual(vector.after);
  });

  test("no suggestion moves an agreed character or its formatting", () => {
    fc.assert(
      fc.property(arbitraryRuns, fc.infiniteStream(fc.nat()), (runs, numbers) => {
        const text = new ArticleText(runs);
        const agreed = JSON.stringify(reading(text, "agreed").map(({ runs: shown, mark }) => [shown, mark]));

        text.apply(suggest(text, plainEdit(arbitraryDelta(text.length, numbers)), writer));

        expect(JSON.stringify(reading(text, "agreed").map(({ runs: shown, mark }) => [shown, mark]))).toBe(agreed);
      }),
      { numRuns: 1000 },
    );
  });

  test("what an edit leaves pending carries only its own party's marks", () => {
    fc.assert(
      fc.property(arbitraryRuns, fc.infiniteStream(fc.nat()), (runs, numbers) => {
        const text = new ArticleText(runs);
        const others = (run: Run): string => JSON.stringify(Object.entries(run.attributes).filter(([key]) => key.includes("district")));
        const before = text.slice(0, text.length).filter((run) => !isOwnPending(run.attributes, writer)).map(others);

        text.apply(suggest(text, plainEdit(arbitraryDelta(text.length, numbers)), writer));

        const after = text.slice(0, text.length).filter((run) => !isOwnPending(run.attributes, writer)).map(others);
        expect(new Set(after)).toEqual(new Set(before));
      }),
      { numRuns: 500 },
    );
  });
});

describe("suggest in a caucus", () => {
  const inCaucus = { ...writer, layer: "caucus" as const };
  /** The text without its drafts: what the table holds. */
  const tabled = (text: ArticleText): Run[] => {
    const kept: Run[] = [];
    for (const { text: words, attributes } of text.slice(0, text.length)) {
      if ("draft:ins" in attributes) continue;
      append(kept, words, Object.fromEntries(Object.entries(attributes).filter(([key]) => !key.startsWith("draft:"))));
    }
    return kept;
  };

  test("no draft touches a character, a mark or a format of the table", () => {
    fc.assert(
      fc.property(arbitraryDraftedRuns, fc.infiniteStream(fc.nat()), (runs, numbers) => {
        const text = new ArticleText(runs);
        const before = tabled(text);

        text.apply(suggest(text, plainEdit(arbitraryDelta(text.length, numbers)), inCaucus));

        expect(tabled(text)).toEqual(before);
      }),
      { numRuns: 1000 },
    );
  });

  test("what is typed carries a draft's mark and formats, and no mark of the table", () => {
    fc.assert(
      fc.property(arbitraryDraftedRuns, fc.infiniteStream(fc.nat()), (runs, numbers) => {
        const text = new ArticleText(runs);

        const drafted = suggest(text, plainEdit(arbitraryDelta(text.length, numbers)), inCaucus);

        for (const op of drafted) {
          if (!("insert" in op)) continue;
          const marks = Object.keys(op.attributes ?? {}).filter(isSuggestionKey);
          expect(marks).toEqual(["draft:ins"]);
        }
      }),
      { numRuns: 500 },
    );
  });
});

/** Without suggestion marks: what a person at a keyboard can do. */
function plainEdit(delta: Delta): Delta {
  return delta.map((op) => {
    if ("delete" in op || op.attributes === undefined) return op;
    const attributes = Object.fromEntries(Object.entries(op.attributes).filter(([key]) => !/^(ins$|del:|fmt:)/.test(key)));
    return { ...op, attributes };
  });
}

describe("joining", () => {
  const open = (runs: readonly Run[], delta: Delta, mine: string): string => {
    const text = new ArticleText(runs);
    const me = { party: ASSOC, isMine: (id: string) => id === mine };
    text.apply(suggest(text, delta, suggesterOf(text, delta, me, () => undefined)));
    const ids = text.slice(0, text.length).flatMap((run) => suggestionsOf(run.attributes));
    return [...new Set(ids)].map((id) => (id.length === 20 ? "new" : id)).join(" ");
  };
  const pending = [
    { text: "two ", attributes: {} },
    { text: "four", attributes: { ins: { id: "s1", party: "assoc" } } },
    { text: "\n", attributes: {} },
  ];

  test("typing beside one's own open suggestion joins it", () => {
    expect(open(pending, [{ retain: 8 }, { insert: "teen" }], "s1")).toBe("s1");
  });

  test("deleting beside one's own insertion makes it a replacement", () => {
    expect(open(pending, [{ delete: 4 }], "s1")).toBe("s1");
  });

  test("typing inside a colleague's suggestion opens one's own", () => {
    expect(open(pending, [{ retain: 6 }, { insert: "x" }], "another")).toBe("s1 new");
  });

  test("a replacement is one suggestion", () => {
    const runs = [{ text: "two\n", attributes: {} }];
    const text = new ArticleText(runs);
    const delta = [{ delete: 3 }, { insert: "four" }];
    text.apply(suggest(text, delta, suggesterOf(text, delta, { party: ASSOC, isMine: () => false }, () => undefined)));
    const [first, second] = text.slice(0, text.length);

    expect(first?.text).toBe("two");
    expect(first?.attributes[deletionKey("table", ASSOC)]).toEqual({ id: suggestionsOf(second?.attributes ?? {})[0] });
  });
});
