/**
 * Where cards stand in the margin: each beside its text, giving way to its neighbours. The selected card stands
 * exactly at its text; those above it move up, those below move down.
 */

export type Wanted = { id: string; top: number; height: number };

const GAP = 10;

/** Tops for cards given in text order. Nothing stands above 0, even if the selected card then has to give way. */
export function arrange(cards: readonly Wanted[], selected: string | null): Map<string, number> {
  const tops = cards.map(({ top }) => top);
  const anchor = Math.max(0, cards.findIndex(({ id }) => id === selected));

  for (let i = anchor - 1; i >= 0; i -= 1) {
    const below = tops[i + 1] ?? 0;
    tops[i] = Math.min(tops[i] ?? 0, below - GAP - (cards[i]?.height ?? 0));
  }
  let free = 0;
  for (const [i, card] of cards.entries()) {
    const top = Math.max(tops[i] ?? 0, free);
    tops[i] = top;
    free = top + card.height + GAP;
  }
  return new Map(cards.map(({ id }, index) => [id, tops[index] ?? 0]));
}
