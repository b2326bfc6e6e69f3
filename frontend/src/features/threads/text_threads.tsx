/** Threads about words of the text: beside them in the margin, and all together in a list. */
import "./threads.css";

import { type ReactElement, useMemo, useState } from "react";

import type { Thread } from "../../api/types";
import type { ArticleId, EditorHandle, SuggestionPosition } from "../../editor";
import { useMessages } from "../../i18n/messages";
import type { LiveLayer } from "../../sync";
import { Dialog } from "../../ui/dialog";
import { Icon } from "../../ui/icons";
import { useRoom } from "../articles/room";
import { useStatus } from "../articles/status";
import { Opening, useMayComment } from "./opening";
import { type Place, useResolvedThreads, useThreads } from "./queries";
import { ThreadView } from "./thread_view";

const LONGEST_QUOTE = 300;

/** The threads about the text itself. */
export function useTextThreads(): readonly Thread[] {
  const threads = useThreads();
  return useMemo(() => threads.filter(({ on }) => Boolean(on.article)), [threads]);
}

/** Where a thread's words are now; null where they are on another layer. */
export function threadPlace(editor: EditorHandle | null, live: LiveLayer | null, { on }: Thread): SuggestionPosition | null {
  if (!on.article || !editor || !live) return null;
  const offset = on.start ? live.offsetOf(on.article, on.start) : 0;
  return offset === null ? null : editor.positionOf(on.article as ArticleId, offset);
}

export function TextThreadCard({ thread }: { thread: Thread }): ReactElement {
  const t = useMessages();
  const { agreement } = useRoom();
  const title = agreement.articles.find(({ id }) => id === thread.article_id)?.title ?? "";
  return (
    <article className={thread.scope === "party" ? "card thread-card private" : "card thread-card"}>
      <p className="soft fine">{thread.on.quote ? t.threads.about(thread.on.quote) : t.threads.onArticle(title)}</p>
      <ThreadView thread={thread} />
    </article>
  );
}

/** Every thread, the resolved ones on demand. */
export function ThreadsDialog({ onClose }: { onClose: () => void }): ReactElement {
  const t = useMessages();
  const { agreement } = useRoom();
  const [isWhole, setIsWhole] = useState(false);
  const open = useThreads();
  const resolved = useResolvedThreads(isWhole);
  const shown = isWhole ? [...open, ...resolved] : open;
  return (
    <Dialog title={t.threads.menu} onClose={onClose} wide>
      {shown.length === 0 && <p className="soft">{t.threads.none}</p>}
      {agreement.articles.map(({ id, title }) => {
        const here = shown.filter(({ article_id }) => article_id === id);
        return here.length === 0 ? null : (
          <section key={id} className="threads-of">
            <h3>{title}</h3>
            {here.map((thread) => (
              <div key={thread.id}>
                {thread.on.quote && <p className="soft fine">{t.threads.about(thread.on.quote)}</p>}
                <ThreadView thread={thread} />
              </div>
            ))}
          </section>
        );
      })}
      <label className="row fine">
        <input type="checkbox" checked={isWhole} onChange={() => { setIsWhole(!isWhole); }} />
        {t.threads.withResolved}
      </label>
    </Dialog>
  );
}

/** In the tools above the page: a comment on the words that are selected. */
export function CommentButton(): ReactElement | null {
  const t = useMessages();
  const status = useStatus();
  const { live, view } = useRoom();
  const [on, setOn] = useState<Place | null>(null);
  const mayComment = useMayComment({});
  const selection = status?.selection;
  const isOff = !live || view !== "markup" || !selection;
  const begin = (): void => {
    if (!live || !selection) return;
    const [start, end] = [Math.min(selection.anchor, selection.head), Math.max(selection.anchor, selection.head)];
    const place = start === end ? {} : live.anchor(selection.article, start, end);
    const quote = status.selectedText.replaceAll(/\s+/g, " ").trim().slice(0, LONGEST_QUOTE);
    setOn({ article: selection.article, ...place, ...(quote && { quote }) });
  };
  if (!mayComment) return null;
  return (
    <>
      <button type="button" className="button quiet small" title={t.threads.onText} aria-label={t.threads.onText} disabled={isOff} onMouseDown={(event) => { event.preventDefault(); }} onClick={begin}>
        <Icon name="cards" />
      </button>
      {on && (
        <Dialog title={t.threads.comment} onClose={() => { setOn(null); }}>
          {on.quote && <blockquote className="dialog-sentence">{on.quote}</blockquote>}
          <Opening on={on} onDone={() => { setOn(null); }} onCancel={() => { setOn(null); }} />
        </Dialog>
      )}
    </>
  );
}
