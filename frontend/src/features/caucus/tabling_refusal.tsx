/** Why nothing was tabled, in words, with the draft as it stands now where it has changed. */
import type { ReactElement } from "react";

import { isProblem } from "../../api/problems";
import { type Messages, useMessages } from "../../i18n/messages";
import { problemText } from "../../ui/problem_text";
import { Changed } from "../suggestions/changed";
import { sentence } from "../suggestions/sentence";
import { changedDraft } from "./tabling";

function words(t: Messages, error: unknown): string {
  const { refused } = t.caucus;
  const code = isProblem(error) ? error.code : "";
  switch (code) {
    case "stale_suggestion":
    case "article_closed":
    case "not_found":
    case "not_lead":
      return refused[code];
    default:
      return problemText(t, error);
  }
}

export function TablingRefusal({ error, onAgain }: { error: unknown; onAgain: () => void }): ReactElement {
  const t = useMessages();
  const current = changedDraft(error);
  return (
    <div className="stack" role="alert">
      <p className="note warn">{words(t, error)}</p>
      {current && (
        <>
          <p className="dialog-sentence">{sentence(t, current)}</p>
          <Changed suggestion={current} />
        </>
      )}
      <div className="dialog-actions">
        <button type="button" className="button primary" data-first onClick={onAgain}>
          {t.caucus.refused.look}
        </button>
      </div>
    </div>
  );
}
