/** The live text on the page: mounts the editor over the table's articles and keeps the two in step. */
import { type ReactElement, useEffect, useMemo, useRef } from "react";

import type { Agreement } from "../../api/types";
import {
  type ArticleBinding,
  type ArticleId,
  type Closed,
  createAgreementEditor,
  type EditorHandle,
  type PartyKey,
  type SuggestionId,
} from "../../editor";
import { type Messages, useMessages } from "../../i18n/messages";
import type { Table } from "../../sync";
import { hueOf, shapeOf } from "../../ui/party_mark";
import { announce } from "../../ui/toasts";
import { useWatched } from "../../ui/watch";
import { Waiting } from "../../ui/waiting";
import { useRoom } from "./room";
import { standingText } from "./standing";
import { ArticleFeet } from "./article_feet";
import { FormatBar } from "./format_bar";
import { editorStatus } from "./status";

const FOLLOW_MS = 90;

export function PageEditor({ table }: { table: Table }): ReactElement {
  const isReady = useWatched(table.ready);
  return isReady ? <Mounted table={table} /> : <Waiting />;
}

function bindings(agreement: Agreement, table: Table, messages: Messages): ArticleBinding[] {
  return agreement.articles.flatMap((article) => {
    const text = table.source(article.id as ArticleId);
    if (!text) return [];
    const closed: Closed | null = article.standing === "tentative" ? "tentative" : null;
    return [{ id: article.id as ArticleId, title: article.title, text, standing: standingText(messages, article), closed }];
  });
}

function Mounted({ table }: { table: Table }): ReactElement {
  const t = useMessages();
  const room = useRoom();
  const { agreement, view, editor, setEditor, layout } = room;
  const mount = useRef<HTMLDivElement>(null);
  const latest = useRef({ room, t });
  const isClosed = agreement.articles.every(({ standing }) => standing === "tentative");
  const mayWrite = agreement.me.may.includes("suggest");
  const articleIds = useMemo(() => agreement.articles.map(({ id }) => id).join(" "), [agreement.articles]);

  useEffect(() => {
    latest.current = { room, t };
  });

  useEffect(() => {
    if (!mount.current) return undefined;
    const { room: now, t: words } = latest.current;
    let measuring: ReturnType<typeof setTimeout> | null = null;
    const measure = (): void => {
      measuring = null;
      layout.set(made.positions());
    };
    const made = createAgreementEditor({
      mount: mount.current,
      articles: bindings(now.agreement, table, words),
      me: {
        party: now.agreement.me.party as PartyKey,
        isMine: (id) => latest.current.room.byId.get(id)?.author.id === latest.current.room.agreement.me.member_id,
      },
      parties: now.agreement.parties.map(({ key, name }, index) => ({ key: key as PartyKey, name, shape: shapeOf(index), hue: hueOf(index) })),
      undo: table.undo,
      presence: table.presence,
      view: now.view,
      editable: now.agreement.me.may.includes("suggest"),
      label: words.table.page,
      words: words.table.spoken,
      onSelectSuggestion: (id) => {
        latest.current.room.select(id, { scroll: false });
      },
      onStatus: (status) => { editorStatus.set(status); },
      onRefused: (reason) => {
        const why = latest.current.t.table.refused[reason];
        if (why) announce(why);
      },
      // Cards may follow a moment later; what is typed must not wait for them.
      onLayout: () => { measuring ??= setTimeout(measure, FOLLOW_MS); },
    });
    setEditor(made);
    measure();
    return () => {
      if (measuring) clearTimeout(measuring);
      setEditor(null);
      made.destroy();
    };
    // The editor lives as long as the table and its list of articles; everything else is told to it below.
  }, [table, articleIds, layout, setEditor]);

  useFollowing(editor, agreement, t, view, mayWrite);
  return (
    <>
      {mayWrite && !isClosed && <FormatBar />}
      <div className="page-text" ref={mount} />
      <ArticleFeet />
    </>
  );
}

/** Tell the editor what changes around it. */
function useFollowing(editor: EditorHandle | null, agreement: Agreement, t: Messages, view: string, mayWrite: boolean): void {
  const { byId, selected } = useRoom();
  useEffect(() => {
    editor?.setView(view as "markup" | "proposed" | "agreed");
  }, [editor, view]);
  useEffect(() => {
    editor?.setEditable(mayWrite);
  }, [editor, mayWrite]);
  useEffect(() => {
    for (const article of agreement.articles) {
      const closed = article.standing === "tentative" ? "tentative" : null;
      editor?.setStanding(article.id as ArticleId, standingText(t, article), closed);
    }
  }, [editor, agreement.articles, t]);
  useEffect(() => {
    if (selected && !byId.has(selected)) editor?.focusSuggestion(null as SuggestionId | null, { scroll: false });
  }, [editor, byId, selected]);
}
