/** Times as people say them: “2 minutes ago” while it is near, the date once it is not. */
import type { Locale } from "./messages";

const STEPS: [Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** `at` (RFC 3339) seen from `now`: “just now”, “5 minutes ago”, “yesterday”, and after a week the date. */
export function sinceThen(locale: Locale, at: string, now: number): string {
  const seconds = (Date.parse(at) - now) / 1000;
  if (Math.abs(seconds) > 7 * 86_400) return onDay(locale, at);

  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return relative.format(Math.round(seconds / size), unit);
  }
  return relative.format(0, "second");
}

export function onDay(locale: Locale, at: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(new Date(at));
}

/** The exact moment, for titles and the record. */
export function exactly(locale: Locale, at: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "medium" }).format(new Date(at));
}
