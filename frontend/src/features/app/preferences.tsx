/** What a reader chooses for this device: the language and light or dark. */
import { type ReactElement, type ReactNode, createContext, useContext, useEffect, useMemo, useState } from "react";

import { en } from "../../i18n/en";
import { keepLocale, type Locale, loadMessages, type Messages, MessagesContext, preferredLocale } from "../../i18n/messages";

export type Theme = "system" | "light" | "dark";

type Preferences = { locale: Locale; setLocale: (locale: Locale) => void; theme: Theme; setTheme: (theme: Theme) => void };

const THEME_KEPT_AS = "parley.theme";

const PreferencesContext = createContext<Preferences | null>(null);

export function usePreferences(): Preferences {
  const preferences = useContext(PreferencesContext);
  if (!preferences) throw new Error("Preferences are read outside their provider.");
  return preferences;
}

function keptTheme(): Theme {
  const kept = localStorage.getItem(THEME_KEPT_AS);
  return kept === "light" || kept === "dark" ? kept : "system";
}

export function PreferencesProvider({ children }: { children: ReactNode }): ReactElement | null {
  const [locale, setLocale] = useState(preferredLocale);
  const [loaded, setLoaded] = useState<{ locale: Locale; messages: Messages } | null>(
    locale === "en" ? { locale, messages: en } : null,
  );
  const [theme, setTheme] = useState(keptTheme);

  useEffect(() => {
    let current = true;
    void loadMessages(locale).then((messages) => {
      if (current) setLoaded({ locale, messages });
    });
    document.documentElement.lang = locale;
    return () => {
      current = false;
    };
  }, [locale]);

  useEffect(() => {
    if (theme === "system") document.documentElement.removeAttribute("data-theme");
    else document.documentElement.dataset["theme"] = theme;
  }, [theme]);

  const preferences = useMemo<Preferences>(
    () => ({
      locale,
      setLocale: (chosen) => {
        keepLocale(chosen);
        setLocale(chosen);
      },
      theme,
      setTheme: (chosen) => {
        localStorage.setItem(THEME_KEPT_AS, chosen);
        setTheme(chosen);
      },
    }),
    [locale, theme],
  );

  if (!loaded) return null;
  return (
    <PreferencesContext value={preferences}>
      <MessagesContext value={loaded}>{children}</MessagesContext>
    </PreferencesContext>
  );
}
