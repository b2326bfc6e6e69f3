/** Why nothing was tabled, in words, with every draft that has changed as it stands now. */
import type { ReactElement } from "react";

import { isProblem } from "../../api/problems";
import { type Messages, useMessages } from "../../i18n/messages";
import { problemText } from "../../ui/problem_text";
import { Changed } from "../suggestions/changed";
import { sentence } from "../suggestions/sentence";
import { changedDrafts } from "./tabling";

function words(t: Messages, error: unknown): string {
  const { refused } = t.caucus;
  const code = isProblem(error) ? error.code : "";
  switch (code) {
    case "stale_suggestion":
    case "article_closed":
    case "already_resolved":
    case "not_found":
    case "not_lead":
      return code === "stale_suggestion" ? refused.stale_suggestion(changedDrafts(error).length) : refused[code];
    default:
      return problemText(t, error);
  }
}

export function TablingRefusal({ error, onAgain }: { error: unknown; onAgain: () => void }): ReactElement {
  const t = useMessages();
  const moved = changedDrafts(error);
  return (
    <div className="stack" role="alert">
      <p className="note warn">{words(t, error)}</p>
      {moved.length > 0 && (
        <ul className="moved">
          {moved.map((draft) => (
            <li key={draft.id}>
              <p className="dialog-sentence">{sentence(t, draft)}</p>
              <Changed suggestion={draft} />
            </li>
          ))}
        </ul>
      )}
      <div className="dialog-actions">
        <button type="button" className="button primary" data-first onClick={onAgain}>
          {t.caucus.refused.look}
        </button>
      </div>
    </div>
  );
}
