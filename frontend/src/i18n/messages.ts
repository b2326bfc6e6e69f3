/**
 * The language of the page. English comes with the script; another language is fetched when it is chosen.
 * The choice is the reader's and is kept on the device; without one the browser's language decides.
 */
import { createContext, useContext } from "react";

import { en, type Messages } from "./en";

export type { Messages };
export type Locale = "en" | "es";

export const LOCALES: Record<Locale, string> = { en: "English", es: "Español" };

const KEPT_AS = "parley.locale";

export const MessagesContext = createContext<{ locale: Locale; messages: Messages }>({ locale: "en", messages: en });

/** The catalog in the reader's language. */
export function useMessages(): Messages {
  return useContext(MessagesContext).messages;
}

export function useLocale(): Locale {
  return useContext(MessagesContext).locale;
}

/** The language to open with. */
export function preferredLocale(): Locale {
  const kept = localStorage.getItem(KEPT_AS);
  if (kept === "en" || kept === "es") return kept;
  return navigator.language.toLowerCase().startsWith("es") ? "es" : "en";
}

export function keepLocale(locale: Locale): void {
  localStorage.setItem(KEPT_AS, locale);
}

/** Fetch a catalog; English is always at hand. */
export async function loadMessages(locale: Locale): Promise<Messages> {
  switch (locale) {
    case "en":
      return en;
    case "es":
      return (await import("./es")).es;
  }
}
