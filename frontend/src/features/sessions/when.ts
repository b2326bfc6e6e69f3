/** Dates of sessions, in the reader's language and time zone. */
import type { Locale } from "../../i18n/messages";

/** “18 Nov, 16:00”, with the year where it is not this one. */
export function shortMoment(locale: Locale, at: string): string {
  const date = new Date(at);
  const isThisYear = date.getFullYear() === new Date().getFullYear();
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", ...(!isThisYear && { year: "numeric" }) }).format(date);
}

export function shortDay(locale: Locale, at: string): string {
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" }).format(new Date(at));
}

/** “Wednesday, 18 November 2026, 16:00”. */
export function longMoment(locale: Locale, at: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short" }).format(new Date(at));
}

export function clockTime(locale: Locale, at: string): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: "short" }).format(new Date(at));
}

/** What `<input type="datetime-local">` holds for a moment: local time, to the minute. */
export function toInput(at: Date): string {
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

export function fromInput(value: string): string {
  return new Date(value).toISOString();
}

export function zoneName(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone.replaceAll("_", " ");
}

/** A week after a moment, for the date that is offered first. */
export function weekAfter(at: Date): Date {
  return new Date(at.getTime() + 7 * 86_400_000);
}
