/** The way in: what Parley is, beside whatever form one came for. */
import "./accounts.css";

import type { ReactElement, ReactNode } from "react";

import { useMessages } from "../../i18n/messages";
import { PartyShape } from "../../ui/party_mark";

export function Door({ children }: { children: ReactNode }): ReactElement {
  const t = useMessages();
  return (
    <div className="door">
      <header className="door-story">
        <p className="wordmark">{t.app.name}</p>
        <p className="claim">{t.app.tagline}</p>
        <ol>
          {t.accounts.story.map((line, index) => (
            <li key={line}>
              <PartyShape index={index} />
              {line}
            </li>
          ))}
        </ol>
      </header>
      <main className="door-form" id="content">
        {children}
      </main>
    </div>
  );
}
