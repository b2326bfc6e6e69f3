/** The calendar feed: an address of one's own, shown once, that can be revoked. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactElement } from "react";

import { api } from "../../api/client";
import type { Feed, NewFeed } from "../../api/types";
import { sinceThen } from "../../i18n/moments";
import { useLocale, useMessages } from "../../i18n/messages";
import { copyText } from "../../ui/copy";
import { Dialog } from "../../ui/dialog";
import { Icon } from "../../ui/icons";
import { useNow } from "../../ui/now";
import { problemText } from "../../ui/problem_text";
import { toast } from "../../ui/toasts";

export function FeedDialog({ agreement, onClose }: { agreement: string; onClose: () => void }): ReactElement {
  const t = useMessages();
  const locale = useLocale();
  const words = t.sessions.feed;
  const now = useNow();
  const queries = useQueryClient();
  const path = `/agreements/${agreement}/calendar-feeds`;
  const key = ["agreement", agreement, "feeds"];
  const feeds = useQuery({ queryKey: key, queryFn: ({ signal }) => api.get<{ items: Feed[] }>(path, undefined, signal) });
  const anew = (): Promise<void> => queries.invalidateQueries({ queryKey: key });
  const making = useMutation({ mutationFn: () => api.post<NewFeed>(path, {}), onSuccess: anew });
  const revoking = useMutation({
    mutationFn: (feed: string) => api.remove<undefined>(`${path}/${feed}`),
    onSuccess: () => { toast(words.revoked); return anew(); },
  });
  const error = making.error ?? revoking.error;
  return (
    <Dialog title={words.title} onClose={onClose}>
      <p className="soft">{words.body}</p>
      {making.data ? (
        <div className="link-out">
          <input className="input" readOnly aria-label={words.title} value={making.data.url} onFocus={(event) => { event.target.select(); }} />
          <button type="button" className="button" onClick={() => { void copyText(making.data.url); }}>
            <Icon name="copy" />
            {words.copy}
          </button>
        </div>
      ) : (
        <div className="row">
          <button type="button" className="button primary" data-first disabled={making.isPending} onClick={() => { making.mutate(); }}>
            {words.make}
          </button>
          <a className="button" href={`/api/v1/agreements/${agreement}/calendar.ics`} download>
            {words.download}
          </a>
        </div>
      )}
      {error && <p className="note bad" role="alert">{problemText(t, error)}</p>}
      {feeds.data && feeds.data.items.length > 0 && (
        <section className="stack">
          <h3>{words.mine}</h3>
          <ul className="feed-list">
            {feeds.data.items.map((feed) => (
              <li key={feed.id} className="row">
                <span>{words.made(sinceThen(locale, feed.created_at, now))}</span>
                <button type="button" className="button quiet small" disabled={revoking.isPending} onClick={() => { revoking.mutate(feed.id); }}>
                  {words.revoke}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Dialog>
  );
}
