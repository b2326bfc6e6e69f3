/** The band over the whole page in caucus: whose it is, and that nobody else sees it. Spoken once on coming in. */
import "./caucus.css";

import { type ReactElement, useEffect } from "react";

import { useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { announce } from "../../ui/toasts";
import { partyName, useRoom } from "../articles/room";

export function CaucusBand(): ReactElement | null {
  const { layer } = useRoom();
  return layer === "caucus" ? <Band /> : null;
}

function Band(): ReactElement {
  const t = useMessages();
  const { agreement, setLayer } = useRoom();
  const words = t.caucus;
  const whose = words.band(partyName(agreement, agreement.me.party));

  useEffect(() => {
    announce(`${whose} ${words.nobodyElse}`);
    return () => { announce(words.backAtTable); };
  }, [whose, words]);
  return (
    <div className="caucus-band" role="note">
      <Icon name="lock" size={16} />
      <p>
        <strong>{whose}</strong> {words.nobodyElse}
      </p>
      <button type="button" className="button small" onClick={() => { setLayer("table"); }}>
        {words.toTable}
      </button>
    </div>
  );
}
