/** Beside the page in caucus: the party's drafts and, quieter, what lies on the table; a sheet from below where room is short. */
import { type ReactElement, useMemo, useState } from "react";

import type { Suggestion } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { useRoom } from "../articles/room";
import { PlacedCards } from "../suggestions/placed_cards";
import { useWalk } from "../suggestions/walking";
import { CaucusTools } from "./caucus_tools";
import { type Doing, DoingContext } from "./doing";
import { DraftCard } from "./draft_card";
import { DiscardDialog, DraftReasonDialog } from "./draft_dialogs";
import type { Draft } from "./drafts";
import { RetentionDialog } from "./retention_dialog";
import { TabledCard } from "./tabled_card";
import { TablingDialog } from "./tabling_dialog";

type Item = { id: string; article_id: string; draft: Draft | null; suggestion: Suggestion | null };

export function CaucusSide({ isNarrow }: { isNarrow: boolean }): ReactElement {
  const [doing, setDoing] = useState<Doing | null>(null);
  return (
    <DoingContext value={setDoing}>
      {isNarrow ? <CaucusSheet /> : <CaucusMargin />}
      {doing && <DoingDialog doing={doing} onClose={() => { setDoing(null); }} />}
    </DoingContext>
  );
}

function DoingDialog({ doing, onClose }: { doing: Doing; onClose: () => void }): ReactElement {
  switch (doing.kind) {
    case "table":
      return <TablingDialog {...(doing.first !== undefined && { first: doing.first })} onClose={onClose} />;
    case "retention":
      return <RetentionDialog onClose={onClose} />;
    case "explain":
      return <DraftReasonDialog draft={doing.draft} onClose={onClose} />;
    case "withdraw":
      return <DiscardDialog draft={doing.draft} onClose={onClose} />;
  }
}

/** Drafts and the table's suggestions together. */
function useItems(): readonly Item[] {
  const { drafts, shown } = useRoom();
  return useMemo(
    () => [
      ...drafts.map((draft): Item => ({ id: draft.id, article_id: draft.article_id, draft, suggestion: null })),
      ...shown.map((suggestion): Item => ({ id: suggestion.id, article_id: suggestion.article_id, draft: null, suggestion })),
    ],
    [drafts, shown],
  );
}

function CaucusMargin(): ReactElement {
  const t = useMessages();
  const { drafts, view } = useRoom();
  const items = useItems();
  return (
    <aside className="margin" aria-label={t.caucus.title}>
      <CaucusTools />
      {drafts.length === 0 && <NoDrafts />}
      {view === "agreed" ? (
        drafts.length > 0 && <p className="margin-note soft">{t.table.viewHints.agreed}.</p>
      ) : (
        <PlacedCards items={items}>{(item) => <Card item={item} />}</PlacedCards>
      )}
    </aside>
  );
}

function Card({ item: { draft, suggestion } }: { item: Item }): ReactElement | null {
  if (draft) return <DraftCard draft={draft} />;
  return suggestion && <TabledCard suggestion={suggestion} />;
}

function NoDrafts(): ReactElement {
  const t = useMessages();
  const { agreement } = useRoom();
  const { none } = t.caucus;
  const mayWrite = agreement.articles.some(({ standing }) => standing !== "tentative");
  return (
    <div className="margin-note">
      <h2>{none.title}</h2>
      <p className="soft">{mayWrite ? none.body : none.readBody}</p>
    </div>
  );
}

function CaucusSheet(): ReactElement {
  const t = useMessages();
  const { drafts, selected } = useRoom();
  const items = useItems();
  const [isListing, setIsListing] = useState(false);
  const { next, previous } = useWalk();
  const chosen = items.find(({ id }) => id === selected);
  return (
    <aside className={isListing || chosen ? "bottom-sheet open" : "bottom-sheet"} aria-label={t.caucus.title}>
      <div className="sheet-bar">
        <button type="button" className="button quiet small" aria-expanded={isListing} onClick={() => { setIsListing(!isListing); }}>
          <Icon name="lock" />
          {t.caucus.drafts(drafts.length)}
        </button>
        <span className="grow" />
        <button type="button" className="button quiet small" disabled={drafts.length === 0} aria-label={t.suggestions.keys.previous} onClick={() => { setIsListing(false); previous(); }}>
          <span className="turn-up"><Icon name="back" /></span>
        </button>
        <button type="button" className="button quiet small" disabled={drafts.length === 0} aria-label={t.suggestions.keys.next} onClick={() => { setIsListing(false); next(); }}>
          <span className="turn-down"><Icon name="back" /></span>
        </button>
      </div>
      {isListing ? (
        <div className="sheet-list">
          <CaucusTools />
          {drafts.length === 0 && <NoDrafts />}
          {items.map((item) => <Card key={item.id} item={item} />)}
        </div>
      ) : (
        chosen && <Card item={chosen} />
      )}
    </aside>
  );
}
