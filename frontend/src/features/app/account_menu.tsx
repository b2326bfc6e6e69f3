/** Who is logged in, and what they choose for this device. */
import { type ReactElement, useId } from "react";
import { useLocation } from "wouter";

import { type Locale, LOCALES, useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { Menu } from "../../ui/menu";
import { useLogin, useMe } from "../accounts/me";
import { type Theme, usePreferences } from "./preferences";

export function AccountMenu(): ReactElement {
  const t = useMessages();
  const me = useMe();
  const { logOut } = useLogin();
  const [, navigate] = useLocation();
  return (
    <Menu label={t.app.account} face={<Icon name="person" size={20} />}>
          {me.data && (
            <div className="menu-who">
              <strong>{me.data.name}</strong>
              <div className="soft fine">{me.data.email}</div>
            </div>
          )}
          <Choices />
          {me.data && (
            <button
              type="button"
              className="button quiet"
              onClick={() => {
                void logOut().then(() => {
                  navigate("/login");
                });
              }}
            >
              {t.app.logOut}
            </button>
          )}
    </Menu>
  );
}

function Choices(): ReactElement {
  const t = useMessages();
  const { locale, setLocale, theme, setTheme } = usePreferences();
  const id = useId();
  return (
    <>
      <div className="choice">
        <label htmlFor={`${id}-language`}>{t.app.language}</label>
        <select
          id={`${id}-language`}
          className="input"
          value={locale}
          onChange={(event) => {
            setLocale(event.target.value as Locale);
          }}
        >
          {Object.entries(LOCALES).map(([key, name]) => (
            <option key={key} value={key} lang={key}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <div className="choice">
        <label htmlFor={`${id}-theme`}>{t.app.theme}</label>
        <select
          id={`${id}-theme`}
          className="input"
          value={theme}
          onChange={(event) => {
            setTheme(event.target.value as Theme);
          }}
        >
          {Object.entries(t.app.themes).map(([key, name]) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      </div>
    </>
  );
}
