/** The pages by their address. Everything behind a login asks for it and comes back to where one wanted to go. */
import { lazy, type ReactElement, Suspense } from "react";
import { Redirect, Route, Switch, useLocation } from "wouter";

import { Waiting } from "../../ui/waiting";
import { useMe } from "../accounts/me";
import { NotFound } from "./not_found";

const LoginPage = lazy(async () => ({ default: (await import("../accounts/login_page")).LoginPage }));
const InvitationPage = lazy(async () => ({ default: (await import("../accounts/invitation_page")).InvitationPage }));
const AgreementsPage = lazy(async () => ({ default: (await import("../agreements/agreements_page")).AgreementsPage }));
const NewAgreementPage = lazy(async () => ({ default: (await import("../agreements/new_agreement_page")).NewAgreementPage }));
const AgreementPage = lazy(async () => ({ default: (await import("../agreements/agreement_page")).AgreementPage }));
const HistoryPage = lazy(async () => ({ default: (await import("../ledger/history_page")).HistoryPage }));

function MembersOnly(): ReactElement {
  const me = useMe();
  const [location] = useLocation();

  if (me.isPending) return <Waiting />;
  if (!me.data) return <Redirect to={`/login?next=${encodeURIComponent(location)}`} replace />;
  return (
    <Switch>
      <Route path="/">
        <AgreementsPage />
      </Route>
      <Route path="/agreements/new">
        <NewAgreementPage />
      </Route>
      <Route path="/agreements/:id">{({ id }) => <AgreementPage key={id} id={id} />}</Route>
      <Route path="/agreements/:id/history">{({ id }) => <HistoryPage key={id} id={id} />}</Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}

export function Routes(): ReactElement {
  return (
    <Suspense fallback={<Waiting />}>
      <Switch>
        <Route path="/login">
          <LoginPage />
        </Route>
        <Route path="/join/:token">{({ token }) => <InvitationPage token={token} />}</Route>
        <Route>
          <MembersOnly />
        </Route>
      </Switch>
    </Suspense>
  );
}
