/** Counting in words: picks the form a language uses for a number, and writes the number its way. */

export type Forms = { one: string; other: string };

/** A counter for one language: `count(3, {one: "# change", other: "# changes"})` is “3 changes”. */
export function counter(locale: string): (n: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(locale);
  const figures = new Intl.NumberFormat(locale);

  return (n, forms) => (rules.select(n) === "one" ? forms.one : forms.other).replace("#", figures.format(n));
}
