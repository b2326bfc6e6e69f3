/** At the foot of a card: how much is said about it, and, opened, what. */
import "./threads.css";

import { type ReactElement, useState } from "react";

import { useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { Opening, useMayComment } from "./opening";
import { type Place, useThreadsOn } from "./queries";
import { ThreadView } from "./thread_view";

export function CardThreads({ on }: { on: Place }): ReactElement | null {
  const t = useMessages();
  const threads = useThreadsOn(on);
  const mayComment = useMayComment(on);
  const [isOpen, setIsOpen] = useState(false);
  const [isOpening, setIsOpening] = useState(false);
  const said = threads.reduce((sum, { posts }) => sum + posts.length, 0);
  if (said === 0 && !mayComment) return null;
  const isWriting = isOpen && (isOpening || said === 0);
  return (
    <div className="card-threads">
      <button type="button" className="button quiet small" aria-expanded={isOpen} onClick={() => { setIsOpen(!isOpen); setIsOpening(false); }}>
        <Icon name="cards" size={15} />
        {said > 0 ? t.threads.count(said) : t.threads.comment}
        {threads.some(({ scope }) => scope === "party") && <Icon name="lock" size={13} />}
      </button>
      {isOpen && threads.map((thread) => <ThreadView key={thread.id} thread={thread} />)}
      {isWriting && mayComment && (
        <Opening on={on} onDone={() => { setIsOpening(false); }} onCancel={() => { setIsOpening(false); if (said === 0) setIsOpen(false); }} />
      )}
      {isOpen && !isWriting && mayComment && (
        <button type="button" className="button quiet small" onClick={() => { setIsOpening(true); }}>
          <Icon name="plus" size={14} />
          {t.threads.comment}
        </button>
      )}
    </div>
  );
}
