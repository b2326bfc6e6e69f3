/** One suggestion in the margin: what it says, why, who has answered, and what the reader may do. */
import "./suggestions.css";

import { type ReactElement, useId } from "react";
import { Link } from "wouter";

import type { Suggestion } from "../../api/types";
import { sinceThen } from "../../i18n/moments";
import { useLocale, useMessages } from "../../i18n/messages";
import { Icon, type IconName } from "../../ui/icons";
import { useNow } from "../../ui/now";
import { PartyShape } from "../../ui/party_mark";
import { useWatched } from "../../ui/watch";
import { partyIndex, partyName, useRoom } from "../articles/room";
import { CardThreads } from "../threads/card_threads";
import { CardActions, CardExtras } from "./card_actions";
import { CardPair } from "./card_pair";
import { CalmAnswer } from "./calm_answer";
import { type Position, positions } from "./permission";
import { sentence } from "./sentence";

type Props = { suggestion: Suggestion; tick?: { isTicked: boolean; toggle: () => void } | null };

export function SuggestionCard({ suggestion, tick = null }: Props): ReactElement {
  const t = useMessages();
  const { agreement, selected, select, editor, desk, news } = useRoom();
  const answers = useWatched(desk.answers);
  const heading = useId();
  const isSelected = selected === suggestion.id;
  const answering = answers.get(suggestion.id);
  const said = sentence(t, suggestion);
  const light = (on: boolean): void => {
    editor?.hoverSuggestion(on ? (suggestion.id as Parameters<typeof editor.hoverSuggestion>[0]) : null);
  };
  return (
    // Pointing at a card lights its text; the heading inside is the control that does it by keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <article
      className={`card${isSelected ? " selected" : ""}${news.has(suggestion.id) ? " news" : ""}`}
      data-card={suggestion.id}
      aria-labelledby={heading}
      aria-current={isSelected ? "true" : undefined}
      onMouseEnter={() => { light(true); }}
      onMouseLeave={() => { light(false); }}
    >
      <header className="card-head">
        {tick && <input type="checkbox" checked={tick.isTicked} onChange={tick.toggle} aria-label={t.suggestions.pickOne(said)} />}
        <Byline suggestion={suggestion} />
        <CardExtras suggestion={suggestion} />
      </header>
      <h3 id={heading}>
        <button
          type="button"
          className="card-sentence"
          onClick={() => {
            select(isSelected ? null : suggestion.id, { scroll: false });
          }}
        >
          {said}
        </button>
      </h3>
      {suggestion.amends && <p className="soft fine">{t.suggestions.amends(partyName(agreement, suggestion.awaiting[0] ?? ""))}</p>}
      {suggestion.reason && <p className="card-reason">{suggestion.reason}</p>}
      {suggestion.package && (
        <p>
          <Link href={`/agreements/${agreement.id}/packages#${suggestion.package}`} className="package-link">
            <Icon name="package" size={15} /> {t.packages.inPackage}
          </Link>
        </p>
      )}
      <CardPair suggestion={suggestion} />
      <Positions list={positions(agreement, suggestion)} />
      {answering ? <CalmAnswer suggestion={suggestion} answering={answering} /> : <CardActions suggestion={suggestion} />}
      <CardThreads on={{ suggestion: suggestion.id }} />
    </article>
  );
}

function Byline({ suggestion }: { suggestion: Suggestion }): ReactElement {
  const { agreement } = useRoom();
  const locale = useLocale();
  const now = useNow();
  return (
    <p className="card-byline">
      <PartyShape index={partyIndex(agreement, suggestion.party)} />
      <strong>{partyName(agreement, suggestion.party)}</strong>
      <span className="soft">
        {suggestion.author.name} · <time dateTime={suggestion.created_at}>{sinceThen(locale, suggestion.created_at, now)}</time>
      </span>
    </p>
  );
}

const SIGNS: Record<Position["says"], IconName> = {
  proposer: "check",
  accept: "check",
  reject: "close",
  question: "question",
  counter: "swap",
  accept_as_amended: "clock",
  waiting: "clock",
  stale: "clock",
};

function Positions({ list }: { list: Position[] }): ReactElement {
  const t = useMessages();
  const { agreement } = useRoom();
  const { answered } = t.suggestions;
  return (
    <ul className="positions">
      {list.map(({ party, says, response }) => {
        const name = partyName(agreement, party);
        const words = says === "proposer" ? answered.proposer(name) : answered[says](name);
        return (
          <li key={party} className={`says-${says}`}>
            <span className="position" title={words}>
              <Icon name={SIGNS[says]} size={15} />
              <span aria-hidden="true">{name}</span>
              <span className="visually-hidden">{words}</span>
            </span>
            {response?.reason && (
              <q className="answer-reason">
                {response.reason}
                <span className="visually-hidden">, {response.member.name}</span>
              </q>
            )}
          </li>
        );
      })}
    </ul>
  );
}
