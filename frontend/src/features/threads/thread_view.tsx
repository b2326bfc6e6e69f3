/** One thread: what was said in it, and what the reader may add. */
import "./threads.css";

import { type ReactElement, useState } from "react";

import type { Post, Thread } from "../../api/types";
import { sinceThen } from "../../i18n/moments";
import { useLocale, useMessages } from "../../i18n/messages";
import { useNow } from "../../ui/now";
import { PartyShape } from "../../ui/party_mark";
import { problemText } from "../../ui/problem_text";
import { partyIndex, partyName, useRoom } from "../articles/room";
import { Composer, PrivateMark } from "./composer";
import { pieces, readers, spoken } from "./mentions";
import { useSpeaking } from "./queries";

export function ThreadView({ thread }: { thread: Thread }): ReactElement {
  const t = useMessages();
  const [isReplying, setIsReplying] = useState(false);
  const [editing, setEditing] = useState<string | null>(null);
  const speaking = useSpeaking(() => { setIsReplying(false); setEditing(null); });
  const { may, scope } = thread;
  const last = thread.posts.at(-1)?.id;
  return (
    <section className={scope === "party" ? "thread private" : "thread"} aria-label={t.threads.comment}>
      {scope === "party" && <PrivateMark />}
      <ol className="posts">
        {thread.posts.map((post) => (
          <li key={post.id}>
            {editing === post.id ? (
              <Rewording thread={thread} post={post} speaking={speaking} onCancel={() => { setEditing(null); }} />
            ) : (
              <PostView post={post} />
            )}
          </li>
        ))}
      </ol>
      {thread.resolved_by && <p className="soft fine">{t.threads.resolvedBy(thread.resolved_by.name)}</p>}
      {speaking.isError && <p className="note bad" role="alert">{problemText(t, speaking.error)}</p>}
      {isReplying ? (
        <Composer
          scope={scope}
          label={t.threads.replyPlaceholder}
          send={t.threads.reply}
          isSending={speaking.isPending}
          onSend={(text) => { speaking.mutate({ kind: "reply", thread: thread.id, text }); }}
          onCancel={() => { setIsReplying(false); }}
        />
      ) : (
        <div className="row thread-acts">
          {may.includes("reply") && <Act label={t.threads.reply} onPress={() => { setIsReplying(true); }} />}
          {may.includes("edit") && last !== undefined && <Act label={t.threads.edit} onPress={() => { setEditing(last); }} />}
          {may.includes("resolve") && <Act label={t.threads.resolve} onPress={() => { speaking.mutate({ kind: "resolve", thread: thread.id }); }} />}
          {may.includes("reopen") && <Act label={t.threads.reopen} onPress={() => { speaking.mutate({ kind: "reopen", thread: thread.id }); }} />}
        </div>
      )}
    </section>
  );
}

function Act({ label, onPress }: { label: string; onPress: () => void }): ReactElement {
  return (
    <button type="button" className="button quiet small" onClick={onPress}>
      {label}
    </button>
  );
}

type RewordingProps = { thread: Thread; post: Post; speaking: ReturnType<typeof useSpeaking>; onCancel: () => void };

function Rewording({ thread, post, speaking, onCancel }: RewordingProps): ReactElement {
  const t = useMessages();
  const { agreement } = useRoom();
  return (
    <Composer
      scope={thread.scope}
      first={spoken(readers(agreement, thread.scope), post.text)}
      label={t.threads.edit}
      send={t.threads.save}
      isSending={speaking.isPending}
      onSend={(text) => { speaking.mutate({ kind: "reword", thread: thread.id, post: post.id, text }); }}
      onCancel={onCancel}
    />
  );
}

function PostView({ post }: { post: Post }): ReactElement {
  const t = useMessages();
  const { agreement } = useRoom();
  const locale = useLocale();
  const now = useNow();
  const { party, name } = post.author;
  return (
    <>
      <p className="post-by">
        <PartyShape index={partyIndex(agreement, party)} label={partyName(agreement, party)} />
        <strong>{name}</strong>
        <span className="soft">
          <time dateTime={post.created_at}>{sinceThen(locale, post.created_at, now)}</time>
          {post.edited_at && `, ${t.threads.edited}`}
        </span>
      </p>
      <p className="post-text">
        {pieces(agreement.members, post.text).map(({ text, member }, index) =>
          member ? <span key={index} className={member.id === agreement.me.member_id ? "mention me" : "mention"}>{text}</span> : text,
        )}
      </p>
    </>
  );
}
