/** The mediator's proposals. A party sees its own answer and nobody else's; the mediator sees none. */
import type { ReactElement } from "react";
import { Link } from "wouter";

import { api } from "../../api/client";
import type { Agreement, MediationProposal } from "../../api/types";
import { exactly } from "../../i18n/moments";
import { useLocale, useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { problemText } from "../../ui/problem_text";
import { toSuggestion } from "../articles/arrival";
import { ProposalForm } from "./proposal_form";
import { useDoing, useProposals } from "./queries";

export function Proposals({ agreement }: { agreement: Agreement }): ReactElement {
  const t = useMessages();
  const words = t.mediation.proposals;
  const found = useProposals(agreement.id);
  const mediates = agreement.me.role === "mediator";
  return (
    <section className="stack" aria-labelledby="mediation-proposals">
      <div>
        <h2 className="section-title" id="mediation-proposals">{words.title}</h2>
        <p className="soft"><Icon name="lock" size={15} /> {words.blind}</p>
      </div>
      {found.isError && <p className="note bad" role="alert">{problemText(t, found.error)}</p>}
      {found.data?.items.length === 0 && <p className="soft">{mediates ? words.noneOwn : words.none}</p>}
      {found.data?.items.map((proposal) => <Proposal key={proposal.id} agreement={agreement} proposal={proposal} />)}
      {agreement.me.may.includes("mediate") && <ProposalForm agreement={agreement} />}
    </section>
  );
}

type Props = { agreement: Agreement; proposal: MediationProposal };

function Proposal({ agreement, proposal }: Props): ReactElement {
  const t = useMessages();
  const locale = useLocale();
  const words = t.mediation.proposals;
  const title = (id: string): string => agreement.articles.find((article) => article.id === id)?.title ?? "";
  return (
    <article className="sheet stack proposal">
      <div className="column-head">
        <h3>{proposal.title}</h3>
        <span className={proposal.status === "agreed" ? "badge good" : "badge"}>{words.status[proposal.status]}</span>
      </div>
      <p className="soft fine">
        {proposal.author.name} ·{" "}
        {proposal.status === "open"
          ? words.closes(exactly(locale, proposal.closes_at))
          : words[proposal.status === "agreed" ? "agreedOn" : "ended"](exactly(locale, proposal.ended_at ?? proposal.closes_at))}
      </p>
      {proposal.terms && <p className="proposal-terms">{proposal.terms}</p>}
      {proposal.changes.map((change, at) => (
        <figure className="proposal-change" key={`${change.article_id}-${String(at)}`}>
          <figcaption className="fine soft">{words.inArticle(title(change.article_id))}</figcaption>
          <p><del>{change.before}</del> {change.after ? <ins>{change.after}</ins> : <span className="soft">{words.nothing}</span>}</p>
        </figure>
      ))}
      {proposal.status === "agreed" && <Agreed agreement={agreement} proposal={proposal} titleOf={title} />}
      {proposal.status === "open" && <Answering agreement={agreement} proposal={proposal} />}
    </article>
  );
}

function Agreed({ agreement, proposal, titleOf }: Props & { titleOf: (id: string) => string }): ReactElement {
  const t = useMessages();
  const words = t.mediation.proposals;
  const first = proposal.tabled.find(({ suggestion }) => suggestion !== null)?.suggestion;
  return (
    <div className="note good">
      <p>{words.agreedBody}</p>
      {proposal.tabled.filter(({ code }) => code !== null).map(({ article_id }) => <p key={article_id}>{words.notTabled(titleOf(article_id))}</p>)}
      {first && (
        <div>
          <Link href={toSuggestion(agreement.id, first)} className="button small">{words.toTable}</Link>
        </div>
      )}
    </div>
  );
}

function Answering({ agreement, proposal }: Props): ReactElement | null {
  const t = useMessages();
  const words = t.mediation.proposals;
  const path = (base: string): string => `${base}/proposals/${proposal.id}`;
  const answering = useDoing<"yes" | "no">(agreement.id, (base, answer) => api.put(`${path(base)}/answer`, { answer }));
  const withdrawing = useDoing<null>(agreement.id, (base) => api.post(`${path(base)}/withdrawal`));
  const { own_answer: own, may } = proposal;
  if (agreement.me.role === "mediator") {
    if (!may.includes("withdraw")) return null;
    return (
      <div>
        <button type="button" className="button small" disabled={withdrawing.isPending} onClick={() => { withdrawing.mutate(null); }}>
          {words.withdraw}
        </button>
      </div>
    );
  }
  return (
    <div className="stack proposal-answer">
      <p>
        <strong>{own ? words.own[own] : words.ownNone}</strong> <span className="soft">{may.includes("answer") ? own && words.change : words.leads}</span>
      </p>
      {may.includes("answer") && (
        <div className="row">
          {(["yes", "no"] as const).map((answer) => (
            <button
              key={answer}
              type="button"
              className="button"
              aria-pressed={own === answer}
              disabled={answering.isPending}
              onClick={() => { answering.mutate(answer); }}
            >
              {own === answer && <Icon name="check" size={16} />}
              {words[answer]}
            </button>
          ))}
        </div>
      )}
      {answering.isError && <p className="note bad" role="alert">{problemText(t, answering.error)}</p>}
    </div>
  );
}
