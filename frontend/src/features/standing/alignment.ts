/** Readings of one article set side by side: what reads alike stands in one row, and the agreed one leads. */
export type Row = { lead: string | null; cells: string[][]; isChanged: boolean };

const MOST = 4_000_000;

export function aligned(lead: readonly string[], others: readonly (readonly string[])[]): Row[] {
  const places = others.map((other) => placesOf(lead, other));
  const row = (number: number): Row => {
    const own = number < 0 ? null : (lead[number] ?? "");
    const cells = places.map((place) => place.get(number) ?? []);
    return { lead: own, cells, isChanged: cells.some((cell) => cell.length !== (own === null ? 0 : 1) || (own !== null && cell[0] !== own)) };
  };
  const rows = Array.from({ length: lead.length }, (_, number) => row(number));
  return places.some((place) => place.has(-1)) ? [row(-1), ...rows] : rows;
}

/** Beside which line of the lead each line of another reading stands; -1 is before all of them. */
function placesOf(lead: readonly string[], other: readonly string[]): Map<number, string[]> {
  const places = new Map<number, string[]>();
  const put = (number: number, line: string): void => { places.set(number, [...(places.get(number) ?? []), line]); };
  let start = 0;
  while (start < lead.length && start < other.length && lead[start] === other[start]) {
    put(start, other[start] ?? "");
    start += 1;
  }
  let end = 0;
  while (end < lead.length - start && end < other.length - start && lead[lead.length - 1 - end] === other[other.length - 1 - end]) end += 1;
  const [old, fresh] = [lead.slice(start, lead.length - end), other.slice(start, other.length - end)];
  let [nextOld, nextFresh] = [0, 0];
  for (const [a, b] of [...common(old, fresh), [old.length, fresh.length] as const]) {
    // Rewritten lines stand beside those they rewrite, in order; new ones beside the last of those.
    for (; nextFresh < b; nextFresh += 1, nextOld += 1) put(start + Math.min(nextOld, a - 1), fresh[nextFresh] ?? "");
    if (a < old.length) put(start + a, fresh[b] ?? "");
    [nextOld, nextFresh] = [a + 1, b + 1];
  }
  for (let back = end; back > 0; back -= 1) put(lead.length - back, other[other.length - back] ?? "");
  return places;
}

function common(old: readonly string[], fresh: readonly string[]): (readonly [number, number])[] {
  if (old.length * fresh.length > MOST) return [];
  const lengths = Array.from({ length: old.length + 1 }, () => new Uint16Array(fresh.length + 1));
  const at = (a: number, b: number): number => lengths[a]?.[b] ?? 0;
  for (let a = old.length - 1; a >= 0; a -= 1) {
    for (let b = fresh.length - 1; b >= 0; b -= 1) {
      const row = lengths[a];
      if (row) row[b] = old[a] === fresh[b] ? at(a + 1, b + 1) + 1 : Math.max(at(a + 1, b), at(a, b + 1));
    }
  }
  const pairs: (readonly [number, number])[] = [];
  let [a, b] = [0, 0];
  while (a < old.length && b < fresh.length) {
    if (old[a] === fresh[b]) {
      pairs.push([a, b]);
      a += 1;
      b += 1;
    } else if (at(a + 1, b) >= at(a, b + 1)) a += 1;
    else b += 1;
  }
  return pairs;
}
