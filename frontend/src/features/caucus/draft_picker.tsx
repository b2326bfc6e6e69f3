/** The drafts that may be tabled, by article, to be ticked. */
import { type ReactElement, useEffect, useRef } from "react";

import { useMessages } from "../../i18n/messages";
import { useRoom } from "../articles/room";
import { sentence } from "../suggestions/sentence";
import type { Draft } from "./drafts";
import { byArticle, extent, type Extent, type Picked, toggled } from "./picking";

type Props = {
  drafts: readonly Draft[];
  picked: Picked;
  setPicked: (picked: Picked) => void;
  isWaiting: boolean;
  onPreview: () => void;
};

export function DraftPicker({ drafts, picked, setPicked, isWaiting, onPreview }: Props): ReactElement {
  const t = useMessages();
  const { agreement } = useRoom();
  const words = t.caucus.picking;
  const all = drafts.map(({ id }) => id);
  const count = all.filter((id) => picked.has(id)).length;
  const toggle = (ids: readonly string[]) => () => { setPicked(toggled(picked, ids)); };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        onPreview();
      }}
    >
      <p className="soft">{words.intro}</p>
      <div className="picker">
        <Tick label={words.all} extent={extent(picked, all)} onToggle={toggle(all)} isFirst />
        {byArticle(drafts, agreement.articles).map(({ article, drafts: under }) => (
          <fieldset key={article.id} className="picker-article">
            <legend className="visually-hidden">{article.title}</legend>
            <Tick label={article.title} spoken={words.article(article.title)} extent={extent(picked, under.map(({ id }) => id))} onToggle={toggle(under.map(({ id }) => id))} isHeading />
            {under.map((draft) => (
              <Tick key={draft.id} label={sentence(t, draft)} note={draft.author.name} extent={picked.has(draft.id) ? "all" : "none"} onToggle={toggle([draft.id])} />
            ))}
          </fieldset>
        ))}
      </div>
      <div className="dialog-actions">
        <span className="soft fine grow">{words.chosen(count, all.length)}</span>
        <button type="submit" className="button primary" disabled={count === 0 || isWaiting}>
          {isWaiting ? words.previewing : words.preview}
        </button>
      </div>
    </form>
  );
}

type TickProps = { label: string; spoken?: string; note?: string; extent: Extent; onToggle: () => void; isFirst?: boolean; isHeading?: boolean };

function Tick({ label, spoken, note, extent: how, onToggle, isFirst = false, isHeading = false }: TickProps): ReactElement {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = how === "some";
  }, [how]);
  return (
    <label className={isHeading ? "tick tick-heading" : isFirst ? "tick tick-all" : "tick"}>
      <input type="checkbox" ref={box} checked={how === "all"} onChange={onToggle} aria-label={spoken} {...(isFirst && { "data-first": true })} />
      <span>
        {label}
        {note !== undefined && <span className="soft fine change-by">{note}</span>}
      </span>
    </label>
  );
}
