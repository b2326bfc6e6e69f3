/** An invitation's link: log in or open an account, and take one's place. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { Link, useLocation } from "wouter";

import { api } from "../../api/client";
import { isProblem } from "../../api/problems";
import type { InvitationPreview } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { problemText } from "../../ui/problem_text";
import { useTitle } from "../../ui/title";
import { Waiting } from "../../ui/waiting";
import { Door } from "./door";
import { LoginForm } from "./login_form";
import { useLogin, useMe } from "./me";

type Accepted = { agreement_id: string };

export function InvitationPage({ token }: { token: string }): ReactElement {
  const t = useMessages();
  const me = useMe();
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const offer = useQuery({
    queryKey: ["invitation", token],
    queryFn: () => api.get<InvitationPreview>(`/invitations/${encodeURIComponent(token)}`),
  });
  const joining = useMutation({
    mutationFn: () => api.post<Accepted>(`/invitations/${encodeURIComponent(token)}/accept`),
    onSuccess: async ({ agreement_id }) => {
      // The offer itself is spent, and asking for it again would only say so.
      await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "invitation" });
      navigate(`/agreements/${agreement_id}`, { replace: true });
    },
  });
  const join = (): void => {
    joining.mutate();
  };
  useTitle(t.accounts.invited.title);

  if (me.isPending || offer.isPending) return <Waiting />;
  const failure = joining.error ?? offer.error;
  return (
    <Door>
      <div className="form invitation">
        <h1>{t.accounts.invited.title}</h1>
        {offer.data && <Offer offer={offer.data} />}
        {failure ? (
          <div className="note bad" role="alert">
            <p>{isProblem(failure, "not_found") || isProblem(failure, "gone") ? t.accounts.invited.gone : problemText(t, failure)}</p>
            <Link href="/">{t.app.notFound.action}</Link>
          </div>
        ) : (
          <p className="soft">{me.data ? t.accounts.invited.as(me.data.name) : t.accounts.invited.body}</p>
        )}
        {me.data && offer.data && <Seated busy={joining.isPending} onJoin={join} />}
      </div>
      {!me.data && offer.data && <LoginForm onEntered={join} invitation={token} startWith="register" />}
    </Door>
  );
}

function Offer({ offer }: { offer: InvitationPreview }): ReactElement {
  const t = useMessages();
  return (
    <p className="note">
      <strong>{offer.agreement_title}</strong>
      <span>{t.accounts.invited.offer(offer.invited_by, offer.party_name, t.agreements.roles[offer.role])}</span>
    </p>
  );
}

function Seated({ busy, onJoin }: { busy: boolean; onJoin: () => void }): ReactElement {
  const t = useMessages();
  const { logOut } = useLogin();
  return (
    <>
      <button type="button" className="button primary" disabled={busy} onClick={onJoin}>
        {busy ? t.accounts.invited.joining : t.accounts.invited.accept}
      </button>
      <p>
        <button
          type="button"
          className="linklike"
          onClick={() => {
            void logOut();
          }}
        >
          {t.accounts.invited.other}
        </button>
      </p>
    </>
  );
}
