/** One draft in the margin: what it would say, why, whose it is, and what the reader may do with it. */
import { type ReactElement, useId } from "react";

import type { SuggestionId } from "../../editor";
import { sinceThen } from "../../i18n/moments";
import { useLocale, useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { Menu } from "../../ui/menu";
import { useNow } from "../../ui/now";
import { useRoom } from "../articles/room";
import { sentence } from "../suggestions/sentence";
import { useDoing } from "./doing";
import type { Draft } from "./drafts";

export function DraftCard({ draft }: { draft: Draft }): ReactElement {
  const t = useMessages();
  const { selected, select, editor } = useRoom();
  const begin = useDoing();
  const heading = useId();
  const isSelected = selected === draft.id;
  const light = (on: boolean): void => { editor?.hoverSuggestion(on ? (draft.id as SuggestionId) : null); };
  return (
    // Pointing at a card lights its text; the heading inside is the control that does it by keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <article
      className={isSelected ? "card draft-card selected" : "card draft-card"}
      data-card={draft.id}
      aria-labelledby={heading}
      aria-current={isSelected ? "true" : undefined}
      onMouseEnter={() => { light(true); }}
      onMouseLeave={() => { light(false); }}
    >
      <header className="card-head">
        <Byline draft={draft} />
        <Extras draft={draft} />
      </header>
      <h3 id={heading}>
        <button type="button" className="card-sentence" onClick={() => { select(isSelected ? null : draft.id, { scroll: false }); }}>
          {sentence(t, draft)}
        </button>
      </h3>
      {draft.reason && <p className="card-reason">{draft.reason}</p>}
      {draft.may.includes("table") && (
        <div className="card-actions">
          <button type="button" className="button small" onClick={() => { begin({ kind: "table", first: draft.id }); }}>
            {t.caucus.tableOne}
          </button>
        </div>
      )}
    </article>
  );
}

function Byline({ draft }: { draft: Draft }): ReactElement {
  const t = useMessages();
  const locale = useLocale();
  const now = useNow();
  return (
    <p className="card-byline">
      <Icon name="lock" size={13} />
      <strong>{t.caucus.draft}</strong>
      <span className="soft">
        {draft.author.name} · <time dateTime={draft.created_at}>{sinceThen(locale, draft.created_at, now)}</time>
      </span>
    </p>
  );
}

function Extras({ draft }: { draft: Draft }): ReactElement | null {
  const t = useMessages();
  const begin = useDoing();
  const words = { explain: draft.reason ? t.suggestions.editReason : t.suggestions.addReason, withdraw: t.caucus.discard };
  const acts = (["explain", "withdraw"] as const).filter((act) => draft.may.includes(act));
  if (acts.length === 0) return null;
  return (
    <div className="card-extras">
      <Menu label={t.table.more} face={<Icon name="more" />} className="button quiet small">
        {acts.map((act) => (
          <button key={act} type="button" className="button quiet" onClick={() => { begin({ kind: act, draft }); }}>
            {words[act]}
          </button>
        ))}
      </Menu>
    </div>
  );
}
