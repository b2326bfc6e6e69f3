/** The live text on the page: mounts the editor over a layer's articles and keeps the two in step. */
import { type ReactElement, useEffect, useMemo, useRef } from "react";

import type { Agreement } from "../../api/types";
import {
  type ArticleBinding,
  type ArticleId,
  type Closed,
  createAgreementEditor,
  type EditorHandle,
  type Layer,
  type PartyKey,
  type SuggestionId,
  type Viewpoint,
} from "../../editor";
import { type Messages, useMessages } from "../../i18n/messages";
import type { LiveLayer } from "../../sync";
import { hueOf, shapeOf } from "../../ui/party_mark";
import { announce } from "../../ui/toasts";
import { useWatched } from "../../ui/watch";
import { Waiting } from "../../ui/waiting";
import { type TableRoom, useRoom } from "./room";
import { isClosed, pageArticles, unitText } from "./units";
import { ArticleFeet } from "./article_feet";
import { FormatBar } from "./format_bar";
import { editorStatus } from "./status";

const FOLLOW_MS = 90;

export function PageEditor({ live }: { live: LiveLayer }): ReactElement {
  const isReady = useWatched(live.ready);
  return isReady ? <Mounted live={live} /> : <Waiting />;
}

function bindings(agreement: Agreement, live: LiveLayer, messages: Messages): ArticleBinding[] {
  return pageArticles(agreement).flatMap((unit) => {
    const text = live.source(unit.id as ArticleId);
    if (!text) return [];
    const closed: Closed | null = isClosed(unit) ? "tentative" : null;
    return [{ id: unit.id as ArticleId, title: unit.title, text, standing: unitText(messages, agreement, unit), closed }];
  });
}

/** Who opened a suggestion: a draft where the page shows the caucus. */
function authorOf({ layer, byId, draftsById }: TableRoom, id: string): string | undefined {
  return (layer === "caucus" ? draftsById.get(id) : byId.get(id))?.author.id;
}

/**
 * Show what was in sight in the other layer. Whoever comes into caucus goes on writing there at once; whoever comes to
 * the table has to go into the text first, so that nothing meant for the caucus is typed before everybody.
 */
function settle(editor: EditorHandle, layer: Layer, viewpoint: Viewpoint | null): void {
  if (!viewpoint) return;
  editor.lookAt(viewpoint);
  if (layer === "caucus" && viewpoint.selection) editor.focus();
}

function Mounted({ live }: { live: LiveLayer }): ReactElement {
  const t = useMessages();
  const room = useRoom();
  const { agreement, view, editor, setEditor, layout } = room;
  const mount = useRef<HTMLDivElement>(null);
  const latest = useRef({ room, t });
  const isAllClosed = pageArticles(agreement).every(isClosed);
  const mayWrite = agreement.me.may.includes("suggest");
  // Which articles there are, in which order, and what they are called.
  const articleIds = useMemo(() => pageArticles(agreement).map(({ id, title }) => `${id} ${title}`).join("\n"), [agreement]);

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
      articles: bindings(now.agreement, live, words),
      me: {
        party: now.agreement.me.party as PartyKey,
        isMine: (id) => authorOf(latest.current.room, id) === latest.current.room.agreement.me.member_id,
      },
      parties: now.agreement.parties.map(({ key, name }, index) => ({ key: key as PartyKey, name, shape: shapeOf(index), hue: hueOf(index) })),
      undo: live.undo,
      presence: live.presence,
      layer: live.layer,
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
    settle(made, live.layer, now.takeViewpoint());
    measure();
    return () => {
      live.presence.report(null);
      if (measuring) clearTimeout(measuring);
      setEditor(null);
      made.destroy();
    };
    // The editor lives as long as the layer and its list of articles; everything else is told to it below.
  }, [live, articleIds, layout, setEditor]);

  useFollowing(editor, agreement, t, view, mayWrite);
  return (
    <>
      {mayWrite && !isAllClosed && <FormatBar />}
      <div className="page-text" ref={mount} />
      {live.layer === "table" && <ArticleFeet />}
    </>
  );
}

/** Tell the editor what changes around it. */
function useFollowing(editor: EditorHandle | null, agreement: Agreement, t: Messages, view: string, mayWrite: boolean): void {
  const { byId, draftsById, selected } = useRoom();
  useEffect(() => {
    editor?.setView(view as "markup" | "proposed" | "agreed");
  }, [editor, view]);
  useEffect(() => {
    editor?.setEditable(mayWrite);
  }, [editor, mayWrite]);
  useEffect(() => {
    for (const unit of pageArticles(agreement)) {
      editor?.setStanding(unit.id as ArticleId, unitText(t, agreement, unit), isClosed(unit) ? "tentative" : null);
    }
  }, [editor, agreement, t]);
  useEffect(() => {
    if (selected && !byId.has(selected) && !draftsById.has(selected)) editor?.focusSuggestion(null as SuggestionId | null, { scroll: false });
  }, [editor, byId, draftsById, selected]);
}
