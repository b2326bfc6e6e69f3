/** An answer on its way: what will stand, the seconds to take it back, and what to look at if it was refused. */
import { type ReactElement, useEffect, useState } from "react";

import type { Suggestion } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { problemText } from "../../ui/problem_text";
import { announce } from "../../ui/toasts";
import { partyName, useRoom } from "../articles/room";
import type { Answering, Deed } from "./answer_desk";
import { Changed } from "./changed";
import { alternatives } from "./pairs";
import { sentence } from "./sentence";

type Props = { suggestion: Suggestion; answering: Answering };

export function CalmAnswer({ suggestion, answering }: Props): ReactElement {
  const t = useMessages();
  switch (answering.kind) {
    case "waiting":
      return <WaitingAnswer suggestion={suggestion} deed={answering.deed} until={answering.until} />;
    case "sending":
      return (
        <p className="calm soft" role="status">
          {t.app.loading}
        </p>
      );
    case "stale":
      return <StaleAnswer suggestion={suggestion} current={answering.current} />;
    case "refused":
      return <RefusedAnswer suggestion={suggestion} error={answering.error} />;
  }
}

function useSecondsUntil(moment: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => { setNow(Date.now()); }, 250);
    return () => { clearInterval(timer); };
  }, [moment]);
  return Math.max(0, Math.ceil((moment - now) / 1000));
}

function WaitingAnswer({ suggestion, deed, until }: { suggestion: Suggestion; deed: Deed; until: number }): ReactElement {
  const t = useMessages();
  const { desk } = useRoom();
  const seconds = useSecondsUntil(until);
  const { calm } = t.suggestions;
  const title = { accept: calm.accept, reject: calm.rejecting, withdraw: calm.withdrawing, question: calm.asking }[deed];

  useEffect(() => {
    announce(`${title}. ${calm.seconds(5)}. ${calm.undo}: U.`);
  }, [title, calm]);
  return (
    <div className="calm">
      <p className="calm-title">{title}</p>
      {deed === "accept" && <WhatWillStand suggestion={suggestion} />}
      <div className="row">
        <button type="button" className="button small" onClick={() => { desk.takeBack(suggestion.id); announce(calm.takenBack); }}>
          {calm.undo}
        </button>
        <button type="button" className="button quiet small" onClick={() => { desk.sendNow(suggestion.id); }}>
          {calm.send}
        </button>
        <span className="soft fine">{calm.seconds(seconds)}</span>
      </div>
    </div>
  );
}

function WhatWillStand({ suggestion }: { suggestion: Suggestion }): ReactElement {
  const t = useMessages();
  const { agreement, pending } = useRoom();
  const { calm } = t.suggestions;
  const others = suggestion.awaiting.filter((party) => party !== agreement.me.party).map((party) => partyName(agreement, party));
  const effect = suggestion.amends ? calm.amendment : others.length > 0 ? calm.waits(t.app.list(others)) : calm.enacts;
  return (
    <>
      <p className="fine soft">{suggestion.after.trim() ? calm.willRead : calm.willGo}</p>
      <Changed suggestion={suggestion} />
      <p className="fine soft">{effect}</p>
      {alternatives(pending, suggestion).map((other) => (
        <p key={other.id} className="fine soft">{t.suggestions.pair.goes(sentence(t, other))}</p>
      ))}
    </>
  );
}

function StaleAnswer({ suggestion, current }: { suggestion: Suggestion; current: Suggestion }): ReactElement {
  const t = useMessages();
  const { desk } = useRoom();
  return (
    <div className="calm warn" role="alert">
      <p>{t.suggestions.stale}</p>
      <Changed suggestion={current} />
      <button type="button" className="button small" onClick={() => { desk.dismiss(suggestion.id); }}>
        {t.suggestions.staleLook}
      </button>
    </div>
  );
}

function RefusedAnswer({ suggestion, error }: { suggestion: Suggestion; error: unknown }): ReactElement {
  const t = useMessages();
  const { desk } = useRoom();
  return (
    <div className="calm warn" role="alert">
      <p>{t.suggestions.results.refused(problemText(t, error))}</p>
      <button type="button" className="button small" onClick={() => { desk.dismiss(suggestion.id); }}>
        {t.app.dismiss}
      </button>
    </div>
  );
}
