/** Said once on a device to whoever may write: what typing does here. */
import { type ReactElement, useState } from "react";

import { useMessages } from "../../i18n/messages";
import { useRoom } from "./room";

const SEEN_AS = { table: "parley.understood", caucus: "parley.understood.caucus" };

export function FirstVisit(): ReactElement | null {
  const t = useMessages();
  const { agreement, layer } = useRoom();
  const [isSeen, setIsSeen] = useState(() => localStorage.getItem(SEEN_AS[layer]) !== null);
  const mayType = agreement.me.may.includes("suggest") && agreement.articles.some(({ standing }) => standing !== "tentative");
  if (isSeen || !mayType) return null;
  return (
    <section className="next-step">
      <p>{layer === "caucus" ? t.caucus.firstVisit : t.table.firstVisit}</p>
      <button
        type="button"
        className="button quiet small"
        onClick={() => {
          localStorage.setItem(SEEN_AS[layer], "1");
          setIsSeen(true);
        }}
      >
        {t.table.understood}
      </button>
    </section>
  );
}
