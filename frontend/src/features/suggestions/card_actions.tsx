/** The buttons of a card: only those the reader may use, and why the others are missing. */
import { type ReactElement, useState } from "react";

import type { Suggestion } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { Menu } from "../../ui/menu";
import { Icon } from "../../ui/icons";
import { useRoom } from "../articles/room";
import { RecallDialog } from "../caucus/recall_dialog";
import { AmendedDialog } from "./amended_dialog";
import { CounterDialog } from "./counter_dialog";
import { ownAmendments } from "./pairs";
import { PartDialog } from "./part_dialog";
import { piecesOf } from "./parts";
import { whyNotAnswer } from "./permission";
import { type Asking, ReasonDialog } from "./reason_dialog";

export function CardActions({ suggestion }: { suggestion: Suggestion }): ReactElement | null {
  const t = useMessages();
  const { desk } = useRoom();
  const [asking, setAsking] = useState<Asking | "counter" | null>(null);
  const { may } = suggestion;
  if (!["accept", "reject", "question", "counter"].some((act) => may.includes(act))) return null;
  return (
    <div className="card-actions">
      {may.includes("accept") && (
        <button type="button" className="button small primary" onClick={() => { desk.answer(suggestion, "accept"); }}>
          {t.suggestions.accept}
        </button>
      )}
      {may.includes("reject") && (
        <button type="button" className="button small" onClick={() => { setAsking("reject"); }}>
          {t.suggestions.reject}
        </button>
      )}
      {may.includes("question") && (
        <button type="button" className="button small" onClick={() => { setAsking("question"); }}>
          {t.suggestions.question}
        </button>
      )}
      {may.includes("counter") && (
        <button type="button" className="button small" onClick={() => { setAsking("counter"); }}>
          {t.suggestions.counter}
        </button>
      )}
      {asking === "counter" && <CounterDialog suggestion={suggestion} onClose={() => { setAsking(null); }} />}
      {asking && asking !== "counter" && <ReasonDialog suggestion={suggestion} asking={asking} onClose={() => { setAsking(null); }} />}
    </div>
  );
}

/** In the head of a card: what its own side may do with it, and why an answer is not the reader's to give. */
export function CardExtras({ suggestion }: { suggestion: Suggestion }): ReactElement {
  const t = useMessages();
  const { agreement, pending, mayCaucus } = useRoom();
  const [asking, setAsking] = useState<Asking | "part" | "amended" | "recall" | null>(null);
  const whyNot = whyNotAnswer(agreement, suggestion);
  const close = (): void => { setAsking(null); };
  const mayAccept = suggestion.may.includes("accept");
  const acts = [
    ...(mayAccept && piecesOf(suggestion).length > 1 ? (["part"] as const) : []),
    ...(mayAccept && ownAmendments(agreement, pending, suggestion).length > 0 ? (["amended"] as const) : []),
    ...(["explain", "withdraw"] as const).filter((act) => suggestion.may.includes(act)),
    // What is suggested about an article as a whole is no text to draft on.
    ...(mayCaucus && !suggestion.structure && suggestion.may.includes("withdraw") ? (["recall"] as const) : []),
  ];
  const words = {
    part: t.suggestions.acceptPart,
    amended: t.suggestions.acceptAsAmended,
    explain: suggestion.reason ? t.suggestions.editReason : t.suggestions.addReason,
    withdraw: t.suggestions.withdraw,
    recall: t.caucus.recall.act,
  };
  return (
    <div className="card-extras">
      {whyNot && <WhyNotHint text={t.suggestions.mayNot[whyNot]} />}
      {acts.length > 0 && (
        <Menu label={t.table.more} face={<Icon name="more" />} className="button quiet small">
          {acts.map((act) => (
            <button key={act} type="button" className="button quiet" onClick={() => { setAsking(act); }}>
              {words[act]}
            </button>
          ))}
        </Menu>
      )}
      {asking === "part" && <PartDialog suggestion={suggestion} onClose={close} />}
      {asking === "amended" && <AmendedDialog suggestion={suggestion} onClose={close} />}
      {asking === "recall" && <RecallDialog suggestion={suggestion} onClose={close} />}
      {(asking === "explain" || asking === "withdraw") && <ReasonDialog suggestion={suggestion} asking={asking} onClose={close} />}
    </div>
  );
}

/** Why there are no answer buttons: one hover, or one focus, away. */
function WhyNotHint({ text }: { text: string }): ReactElement {
  return (
    <span className="why-not">
      <button type="button" className="why-not-sign" aria-label={text}>
        <Icon name="lock" size={14} />
      </button>
      <span className="why-not-text" aria-hidden="true">
        {text}
      </span>
    </span>
  );
}
