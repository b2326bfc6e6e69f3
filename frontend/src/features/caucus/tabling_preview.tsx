/** The page as the other side will see it, set by the service, with the cards that will stand beside it, and the act. */
import { type ReactElement, type RefObject, useEffect, useId, useRef } from "react";

import { useMessages } from "../../i18n/messages";
import { hueOf, PartyShape, shapeOf } from "../../ui/party_mark";
import { Reading } from "../articles/reading";
import { partyIndex, partyName, useRoom } from "../articles/room";
import { sentence } from "../suggestions/sentence";
import type { Preview, Tabled } from "./tabling";

const LONGEST = 4_000;

type Props = {
  preview: Preview;
  reason: string;
  setReason: (reason: string) => void;
  isSending: boolean;
  onBack: () => void;
  onTable: () => void;
};

export function TablingPreview({ preview, reason, setReason, isSending, onBack, onTable }: Props): ReactElement {
  const t = useMessages();
  const words = t.caucus.preview;
  const id = useId();
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        onTable();
      }}
    >
      <p className="soft">{words.intro}</p>
      <div className="preview">
        <PreviewPage preview={preview} />
        <ul className="preview-cards" aria-label={words.cards}>
          {preview.suggestions.map((suggestion) => (
            <PreviewCard key={suggestion.id} suggestion={suggestion} reason={reason} />
          ))}
        </ul>
      </div>
      <div className="field">
        <label htmlFor={id}>{words.reason}</label>
        <textarea id={id} className="input" rows={2} maxLength={LONGEST} value={reason} aria-describedby={`${id}-hint`} onChange={(event) => { setReason(event.target.value); }} />
        <p className="hint" id={`${id}-hint`}>
          {words.reasonHint}
        </p>
      </div>
      <div className="dialog-actions">
        <button type="button" className="button quiet" onClick={onBack}>
          {words.change}
        </button>
        <button type="submit" className="button primary" disabled={isSending}>
          {words.table(preview.suggestions.length)}
        </button>
      </div>
    </form>
  );
}

function PreviewPage({ preview }: { preview: Preview }): ReactElement {
  const t = useMessages();
  const { agreement } = useRoom();
  const page = useRef<HTMLElement>(null);
  useLit(page, preview);
  const look = (party: string): string => {
    const index = partyIndex(agreement, party);
    return `party-hue-${String(hueOf(index))} party-${shapeOf(index)}`;
  };
  return (
    <figure>
      {/* A region that scrolls has to be reachable by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className="preview-page" ref={page} tabIndex={0} aria-label={t.caucus.preview.title}>
        <Reading articles={preview.articles} look={look} />
      </section>
      <figcaption className="soft fine">{t.caucus.preview.legend}</figcaption>
    </figure>
  );
}

/** Light what would be tabled among all that lies on the table, and begin there. */
function useLit(page: RefObject<HTMLElement | null>, { suggestions }: Preview): void {
  useEffect(() => {
    const ids = new Set(suggestions.map(({ id }) => id));
    const shown = page.current;
    let first: HTMLElement | null = null;
    for (const element of shown?.querySelectorAll<HTMLElement>("[data-suggestion]") ?? []) {
      if (!ids.has(element.dataset["suggestion"] ?? "")) continue;
      element.classList.add("lit");
      first ??= element;
    }
    if (first && shown) shown.scrollTo({ top: first.getBoundingClientRect().top - shown.getBoundingClientRect().top - shown.clientHeight / 3 });
  }, [page, suggestions]);
}

function PreviewCard({ suggestion, reason }: { suggestion: Tabled; reason: string }): ReactElement {
  const t = useMessages();
  const { agreement } = useRoom();
  const { party, author } = suggestion;
  return (
    <li className="card">
      <p className="card-byline">
        <PartyShape index={partyIndex(agreement, party)} />
        <strong>{partyName(agreement, party)}</strong>
        <span className="soft">{author.name}</span>
      </p>
      <p className="preview-sentence">{sentence(t, suggestion)}</p>
      {reason.trim() && <p className="card-reason">{reason.trim()}</p>}
    </li>
  );
}
