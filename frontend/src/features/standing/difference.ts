/** What changed between two readings of a passage, word by word; the longest common sequence of their words. */
export type Stretch = { kind: "same" | "added" | "removed"; text: string };

/** Beyond this the passage is told as replaced: comparing costs the product of both lengths. */
const MOST = 1_000_000;

export function differences(before: string, after: string): Stretch[] {
  if (before === after) return before ? [{ kind: "same", text: before }] : [];
  const old = words(before);
  const fresh = words(after);
  let start = 0;
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start += 1;
  let end = 0;
  while (end < old.length - start && end < fresh.length - start && old[old.length - 1 - end] === fresh[fresh.length - 1 - end]) end += 1;
  const middle = between(old.slice(start, old.length - end), fresh.slice(start, fresh.length - end));
  return joined([
    { kind: "same", text: old.slice(0, start).join("") },
    ...middle,
    { kind: "same", text: old.slice(old.length - end).join("") },
  ]);
}

function words(text: string): string[] {
  return text.match(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? [];
}

function between(old: string[], fresh: string[]): Stretch[] {
  const replaced: Stretch[] = [
    { kind: "removed", text: old.join("") },
    { kind: "added", text: fresh.join("") },
  ];
  if (old.length === 0 || fresh.length === 0 || old.length * fresh.length > MOST) return replaced;
  const lengths = table(old, fresh);
  const told: Stretch[] = [];
  let [a, b] = [0, 0];
  while (a < old.length || b < fresh.length) {
    if (a < old.length && b < fresh.length && old[a] === fresh[b]) {
      told.push({ kind: "same", text: old[a] ?? "" });
      a += 1;
      b += 1;
    } else if (b >= fresh.length || (a < old.length && (lengths[a + 1]?.[b] ?? 0) >= (lengths[a]?.[b + 1] ?? 0))) {
      told.push({ kind: "removed", text: old[a] ?? "" });
      a += 1;
    } else {
      told.push({ kind: "added", text: fresh[b] ?? "" });
      b += 1;
    }
  }
  return told;
}

function table(old: string[], fresh: string[]): Uint16Array[] {
  const lengths = Array.from({ length: old.length + 1 }, () => new Uint16Array(fresh.length + 1));
  for (let a = old.length - 1; a >= 0; a -= 1) {
    for (let b = fresh.length - 1; b >= 0; b -= 1) {
      const [row, below] = [lengths[a], lengths[a + 1]];
      if (row && below) row[b] = old[a] === fresh[b] ? (below[b + 1] ?? 0) + 1 : Math.max(below[b] ?? 0, row[b + 1] ?? 0);
    }
  }
  return lengths;
}

function joined(stretches: Stretch[]): Stretch[] {
  const told: Stretch[] = [];
  for (const stretch of stretches.filter(({ text }) => text !== "")) {
    const last = told.at(-1);
    if (last?.kind === stretch.kind) last.text += stretch.text;
    else told.push({ ...stretch });
  }
  return told;
}
