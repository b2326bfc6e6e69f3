/** Before bargaining: the starting text to read, who has confirmed it, and who sits where. */
import "./agreements.css";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { Link } from "wouter";

import { api } from "../../api/client";
import { isProblem } from "../../api/problems";
import type { Agreement } from "../../api/types";
import { sinceThen } from "../../i18n/moments";
import { useLocale, useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { useNow } from "../../ui/now";
import { PartyName } from "../../ui/party_mark";
import { problemText } from "../../ui/problem_text";
import { toast } from "../../ui/toasts";
import { Waiting } from "../../ui/waiting";
import { AccountMenu } from "../app/account_menu";
import { Reading } from "../articles/reading";
import { PeopleList } from "./people";
import { agreementKey, textKey, useAgreedText } from "./queries";

export function Preparing({ agreement }: { agreement: Agreement }): ReactElement {
  const t = useMessages();
  const text = useAgreedText(agreement.id);
  return (
    <>
      <a className="skip" href="#content">
        {t.app.skip}
      </a>
      <header className="bar">
        <Link href="/" className="button quiet">
          <Icon name="back" />
          {t.app.agreements}
        </Link>
        <span className="grow" />
        <span className="badge">{t.agreements.stages.preparing}</span>
        <AccountMenu />
      </header>
      <div className="preparing">
        <main className="paper-page" id="content" tabIndex={-1}>
          <h1 className="agreement-title">{agreement.title}</h1>
          {text.isPending && <Waiting />}
          {text.isError && <p className="note bad">{problemText(t, text.error)}</p>}
          {text.data && <Reading articles={text.data.articles} />}
        </main>
        <aside className="preparing-side">
          <Confirming agreement={agreement} seen={text.data?.content_hash} />
          <section className="sheet" aria-label={t.agreements.people.title}>
            <h2>{t.agreements.people.title}</h2>
            <PeopleList agreement={agreement} />
          </section>
        </aside>
      </div>
    </>
  );
}

/** `seen` is the hash of the text that stands on the page; it is what gets confirmed, and nothing newer. */
function Confirming({ agreement, seen }: { agreement: Agreement; seen: string | undefined }): ReactElement {
  const t = useMessages();
  const { preparing } = t.agreements;
  const queries = useQueryClient();
  const confirming = useMutation({
    mutationFn: () => api.post(`/agreements/${agreement.id}/confirmations`, { content_hash: seen }),
    onSuccess: async () => {
      const now = await api.get<Agreement>(`/agreements/${agreement.id}`);
      queries.setQueryData(agreementKey(agreement.id), now);
      if (now.status === "bargaining") toast(preparing.confirmedAll);
    },
    onError: (error) => {
      if (isProblem(error, "stale_content")) void queries.invalidateQueries({ queryKey: textKey(agreement.id) });
    },
  });
  const isDone = agreement.confirmations[agreement.me.party] !== undefined;
  const mayConfirm = agreement.me.may.includes("confirm");
  return (
    <section className="sheet" aria-labelledby="confirming">
      <h2 id="confirming">{preparing.title}</h2>
      <p className="soft">{preparing.body}</p>
      <Confirmations agreement={agreement} />
      {mayConfirm && !isDone && (
        <button
          type="button"
          className="button primary"
          disabled={!seen || confirming.isPending}
          onClick={() => {
            confirming.mutate();
          }}
        >
          {preparing.confirm}
        </button>
      )}
      {!mayConfirm && <p className="soft fine">{preparing.notYou}</p>}
      {confirming.isError && (
        <p className="note bad" role="alert">
          {isProblem(confirming.error, "stale_content") ? preparing.moved : problemText(t, confirming.error)}
        </p>
      )}
    </section>
  );
}

function Confirmations({ agreement }: { agreement: Agreement }): ReactElement {
  const t = useMessages();
  const locale = useLocale();
  const now = useNow();
  const { preparing } = t.agreements;
  return (
    <ul className="steps">
      {agreement.parties.map(({ key, name, signatory }, index) => {
        if (!signatory) return null;
        const done = agreement.confirmations[key];
        const who = agreement.members.find(({ id }) => id === done?.member_id)?.name ?? name;
        return (
          <li key={key}>
            <PartyName index={index} name={name} />
            <Icon name={done ? "check" : "clock"} />
            <span className="soft fine">
              {done ? preparing.confirmed(who, sinceThen(locale, done.at, now)) : preparing.waiting}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
