/** What comes next for the reader, above the page: articles to initial, a wish to reopen, the signature. */
import { type ReactElement, useState } from "react";

import type { Agreement } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { partyName, useRoom } from "../articles/room";
import { initialActs, isReadyToInitial } from "./initialling";
import { SignDialog } from "./sign_dialog";
import { StandingsDialog } from "./standings_dialog";

export function NextStep(): ReactElement | null {
  const { agreement } = useRoom();
  const isAllTentative = agreement.articles.length > 0 && agreement.articles.every(({ standing }) => standing === "tentative");
  return isAllTentative ? <Signing agreement={agreement} /> : <Initialling agreement={agreement} />;
}

function Initialling({ agreement }: { agreement: Agreement }): ReactElement | null {
  const t = useMessages();
  const [isOpen, setIsOpen] = useState(false);
  const words = t.record.initial;
  const ready = agreement.articles.filter((article) => isReadyToInitial(agreement, article)).length;
  const asked = agreement.articles.filter((article) => article.reopening.length > 0 && initialActs(agreement, article).reopen);
  if (ready === 0 && asked.length === 0) return null;
  return (
    <section className="next-step" aria-label={words.all}>
      <p>
        {asked.map((article) => (
          <span key={article.id}>
            {words.reopening(t.app.list(article.reopening.map((party) => partyName(agreement, party))))}: {article.title}.{" "}
          </span>
        ))}
        {ready > 0 && words.can(ready)}
      </p>
      <button type="button" className="button quiet small" onClick={() => { setIsOpen(true); }}>
        {words.show}
      </button>
      {isOpen && <StandingsDialog onClose={() => { setIsOpen(false); }} />}
    </section>
  );
}

function Signing({ agreement }: { agreement: Agreement }): ReactElement {
  const t = useMessages();
  const [isOpen, setIsOpen] = useState<"sign" | "standings" | null>(null);
  const { sign, initial } = t.record;
  const hasSigned = agreement.signatures[agreement.me.party] !== undefined;
  const mayDo = agreement.me.may.includes("sign") && !hasSigned;
  return (
    <section className="next-step ready" aria-label={sign.title}>
      <div>
        <p>{sign.ready}</p>
        <ul className="signing-parties">
          {agreement.parties.filter(({ signatory }) => signatory).map(({ key, name }) => {
            const signature = agreement.signatures[key];
            return (
              <li key={key}>
                <Icon name={signature ? "check" : "clock"} size={15} />
                {signature ? sign.signedBy(name, signature.name) : sign.waiting(name)}
              </li>
            );
          })}
        </ul>
      </div>
      <div className="row">
        <button type="button" className="button quiet small" onClick={() => { setIsOpen("standings"); }}>
          {initial.all}
        </button>
        {mayDo && (
          <button type="button" className="button primary" onClick={() => { setIsOpen("sign"); }}>
            {sign.action}
          </button>
        )}
      </div>
      {isOpen === "sign" && <SignDialog onClose={() => { setIsOpen(null); }} />}
      {isOpen === "standings" && <StandingsDialog onClose={() => { setIsOpen(null); }} />}
    </section>
  );
}
