/** The entries of the outline: an article each, proposed ones among them, and below them those that were struck. */
import "./units.css";

import { type KeyboardEvent, type ReactElement, useState } from "react";

import type { Agreement, Article } from "../../api/types";
import type { ArticleId } from "../../editor";
import { useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { Menu } from "../../ui/menu";
import { PartyShape } from "../../ui/party_mark";
import { ArticleDialog, type Wish } from "./article_dialog";
import { partyIndex, partyName, useRoom } from "./room";
import { isClosed, type PageArticle, pageArticles, unitText } from "./units";

export function OutlineUnits({ onGone }: { onGone: () => void }): ReactElement {
  const { agreement, layer } = useRoom();
  const [wish, setWish] = useState<Wish | null>(null);
  const units = pageArticles(agreement);
  const mayRearrange = agreement.me.may.includes("suggest") && layer === "table";
  return (
    <>
      <ol className="outline-list">
        {units.map((unit) => (
          <li key={unit.id} className="outline-unit">
            <Entry unit={unit} onGone={onGone} onMove={mayRearrange ? (way) => { setWish(stepped(agreement, unit, way)); } : null} />
            {mayRearrange && <Acts unit={unit} onWish={setWish} />}
          </li>
        ))}
      </ol>
      {mayRearrange && <AddArticle onWish={setWish} />}
      <Struck />
      {wish && <ArticleDialog wish={wish} onClose={() => { setWish(null); }} />}
    </>
  );
}

/** One place up or down from where an article stands now; the dialog shows it before anything is suggested. */
function stepped(agreement: Agreement, unit: PageArticle, way: -1 | 1): Wish | null {
  if (unit.kind !== "agreed" || isClosed(unit)) return null;
  const place = agreement.articles.findIndex(({ id }) => id === unit.id);
  const after = way === 1 ? agreement.articles[place + 1]?.id : (agreement.articles[place - 2]?.id ?? null);
  if (after === undefined || (way === -1 && place === 0)) return null;
  return { op: "move", article: unit.id, title: unit.title, after };
}

type EntryProps = { unit: PageArticle; onGone: () => void; onMove: ((way: -1 | 1) => void) | null };

function Entry({ unit, onGone, onMove }: EntryProps): ReactElement {
  const t = useMessages();
  const { agreement, editor } = useRoom();
  const go = (): void => {
    if (editor) editor.scrollToArticle(unit.id as ArticleId);
    else document.getElementById(`article-${unit.id}`)?.scrollIntoView();
    onGone();
  };
  const move = (event: KeyboardEvent): void => {
    if (!onMove || !event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    onMove(event.key === "ArrowUp" ? -1 : 1);
  };
  const standing = unit.kind === "agreed" ? unit.article.standing : "proposed";
  return (
    <button type="button" className={`outline-entry standing-${standing}`} onClick={go} onKeyDown={move} aria-keyshortcuts={onMove ? "Alt+ArrowUp Alt+ArrowDown" : undefined}>
      <span className="outline-title">{unit.title}</span>
      <span className="outline-standing">
        {standing === "tentative" && <Icon name="check" size={14} />}
        {unit.kind === "proposed" && <PartyShape index={partyIndex(agreement, unit.proposed.party)} />}
        {unitText(t, agreement, unit)}
        {unit.kind === "agreed" && <Initialled article={unit.article} />}
      </span>
    </button>
  );
}

/** Who has initialled while not everyone has. */
function Initialled({ article }: { article: Article }): ReactElement | null {
  const t = useMessages();
  const { agreement } = useRoom();
  const holding = Object.entries(article.initials).filter(([, initial]) => initial.content_hash === article.content_hash);
  if (article.standing === "tentative" || holding.length === 0) return null;
  return (
    <span className="outline-initials">
      {holding.map(([party]) => (
        <PartyShape key={party} index={partyIndex(agreement, party)} label={t.table.initialledBy(partyName(agreement, party))} />
      ))}
    </span>
  );
}

/** What may be suggested of an article; one under tentative agreement is closed to all of it. */
function Acts({ unit, onWish }: { unit: PageArticle; onWish: (wish: Wish) => void }): ReactElement | null {
  const { acts } = useMessages().articles;
  const { agreement } = useRoom();
  const isOwn = unit.kind === "proposed" && unit.proposed.party === agreement.me.party;
  if (isClosed(unit)) return null;
  const about = { article: unit.id, title: unit.title };
  return (
    <Menu label={acts.of(unit.title)} face={<Icon name="more" size={16} />} className="button quiet small outline-more">
      {(unit.kind === "agreed" || isOwn) && (
        <button type="button" className="button quiet" onClick={() => { onWish({ op: "move", ...about }); }}>{acts.move}</button>
      )}
      <button type="button" className="button quiet" onClick={() => { onWish({ op: "retitle", ...about }); }}>{acts.retitle}</button>
      <button type="button" className="button quiet" onClick={() => { onWish({ op: "add", after: unit.id }); }}>{acts.addAfter}</button>
      {unit.kind === "agreed" && (
        <button type="button" className="button quiet" onClick={() => { onWish({ op: "strike", ...about }); }}>{acts.strike}</button>
      )}
    </Menu>
  );
}

function AddArticle({ onWish }: { onWish: (wish: Wish) => void }): ReactElement {
  const { acts } = useMessages().articles;
  return (
    <div>
      <button type="button" className="button quiet small" onClick={() => { onWish({ op: "add" }); }}>
        <Icon name="plus" size={16} /> {acts.add}
      </button>
    </div>
  );
}

function Struck(): ReactElement | null {
  const t = useMessages();
  const { agreement } = useRoom();
  if (agreement.struck.length === 0) return null;
  return (
    <details className="outline-struck">
      <summary className="fine soft">{t.articles.struck(agreement.struck.length)}</summary>
      <ul>
        {agreement.struck.map(({ id, title }) => (
          <li key={id}>
            <s aria-label={t.articles.struckTitle(title)}>{title}</s>
          </li>
        ))}
      </ul>
    </details>
  );
}
