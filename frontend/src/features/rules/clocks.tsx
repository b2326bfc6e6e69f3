/** Notice clocks that run, with a notice ready to be posted, and what was posted. A clock keeps nobody from anything. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, type SubmitEvent, useId, useState } from "react";

import { api } from "../../api/client";
import type { Agreement, Clock, Publication } from "../../api/types";
import { sinceThen } from "../../i18n/moments";
import { useLocale, useMessages } from "../../i18n/messages";
import { Dialog } from "../../ui/dialog";
import { given } from "../../ui/form_values";
import { Icon } from "../../ui/icons";
import { useNow } from "../../ui/now";
import { problemText } from "../../ui/problem_text";
import { toast } from "../../ui/toasts";
import { partyName } from "../articles/room";
import { longMoment } from "../sessions/when";
import { useClocks, usePublications } from "./queries";

export function Clocks({ agreement }: { agreement: Agreement }): ReactElement | null {
  const t = useMessages();
  const locale = useLocale();
  const words = t.sessions.clocks;
  const clocks = useClocks(agreement.id, ["tabled", "live", "all"].includes(agreement.me.sees));
  const [posting, setPosting] = useState<Clock | null>(null);
  if (!clocks.data || clocks.data.length === 0) return null;
  return (
    <section className="sheet stack" aria-label={words.title}>
      <h2>{words.title}</h2>
      <ul className="stack">
        {clocks.data.map((clock) => (
          <li key={`${clock.kind} ${clock.articles.join()}`} className={clock.overdue ? "note bad" : "note warn"}>
            <strong>{name(t, agreement, clock)}</strong>
            <span>{clock.overdue ? words.overdue(longMoment(locale, clock.due_at)) : words.due(longMoment(locale, clock.due_at))}</span>
            {agreement.me.may.includes("set_rules") && (
              <div>
                <button type="button" className="button small" onClick={() => { setPosting(clock); }}>
                  {words.post}
                </button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {posting && <PostDialog agreement={agreement} clock={posting} onClose={() => { setPosting(null); }} />}
    </section>
  );
}

function name(t: ReturnType<typeof useMessages>, agreement: Agreement, clock: Clock): string {
  const words = t.sessions.clocks;
  if (clock.kind !== "new_subjects") return words.initial_proposals;
  return words.new_subjects(agreement.articles.find(({ id }) => id === clock.articles[0])?.title ?? "");
}

function PostDialog({ agreement, clock, onClose }: { agreement: Agreement; clock: Clock; onClose: () => void }): ReactElement {
  const t = useMessages();
  const words = t.sessions.clocks;
  const id = useId();
  const queries = useQueryClient();
  const posting = useMutation({
    mutationFn: (content: string) => api.post<Publication>(`/agreements/${agreement.id}/publications`, { kind: clock.kind, articles: clock.articles, content }),
    onSuccess: () => {
      toast(words.posted);
      onClose();
      return queries.invalidateQueries({ queryKey: ["agreement", agreement.id] });
    },
  });
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    posting.mutate(given(new FormData(event.currentTarget), "content"));
  };
  return (
    <Dialog title={words.title2} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <div className="field">
          <label htmlFor={id}>{words.words}</label>
          <textarea id={id} className="input" name="content" rows={6} maxLength={4_000} required defaultValue={clock.notice} />
        </div>
        {posting.isError && <p className="note bad" role="alert">{problemText(t, posting.error)}</p>}
        <div className="dialog-actions">
          <button type="button" className="button quiet" onClick={onClose}>
            {t.app.cancel}
          </button>
          <button type="submit" className="button primary" disabled={posting.isPending}>
            {words.submit}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

export function Publications({ agreement, isOpen }: { agreement: Agreement; isOpen: boolean }): ReactElement | null {
  const t = useMessages();
  const locale = useLocale();
  const now = useNow();
  const words = t.sessions.clocks;
  const { data = [] } = usePublications(agreement.id);
  if (data.length === 0 && !isOpen) return null;
  return (
    <section className="sheet stack" aria-label={words.list}>
      <div className="column-head">
        <h2>{words.list}</h2>
        <a className="button small" href={`/public/${agreement.id}`} target="_blank" rel="noreferrer">
          <Icon name="people" size={16} />
          {words.page}
        </a>
      </div>
      {data.map((one) => (
        <blockquote key={one.id} className="public-notice">
          <p>{one.content}</p>
          <footer className="soft fine">{t.sessions.publicPage.postedBy(partyName(agreement, one.party), sinceThen(locale, one.at, now))}</footer>
        </blockquote>
      ))}
    </section>
  );
}
