/** The frame of the plain pages: the bar with the service's name, and one column. */
import type { ReactElement, ReactNode } from "react";
import { Link } from "wouter";

import { useMessages } from "../../i18n/messages";
import { Bell } from "../notices/bell";
import { AccountMenu } from "./account_menu";

export function Shell({ children }: { children: ReactNode }): ReactElement {
  const t = useMessages();
  return (
    <>
      <a className="skip" href="#content">
        {t.app.skip}
      </a>
      <header className="bar">
        <Link href="/" className="wordmark">
          {t.app.name}
        </Link>
        <span className="grow" />
        <Bell />
        <AccountMenu />
      </header>
      <main className="column" id="content" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}
