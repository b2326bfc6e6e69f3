/** Where the whole stands: every article with its standing and initials, on one page. */
import type { ReactElement } from "react";

import { useMessages } from "../../i18n/messages";
import { Dialog } from "../../ui/dialog";
import { useRoom } from "../articles/room";
import { standingText } from "../articles/standing";
import { InitialsLine } from "./initials_line";

export function StandingsDialog({ onClose }: { onClose: () => void }): ReactElement {
  const t = useMessages();
  const { agreement } = useRoom();
  return (
    <Dialog title={t.record.initial.all} onClose={onClose} wide>
      <ol className="standings">
        {agreement.articles.map((article) => (
          <li key={article.id} className={`standing-${article.standing}`}>
            <div>
              <strong>{article.title}</strong> <span className="soft fine">{standingText(t, article)}</span>
            </div>
            <InitialsLine article={article} />
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
