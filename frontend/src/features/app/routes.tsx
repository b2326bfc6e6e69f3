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
const NoticesPage = lazy(async () => ({ default: (await import("../notices/notices_page")).NoticesPage }));
const AgreementNoticesPage = lazy(async () => ({ default: (await import("../notices/notices_page")).AgreementNoticesPage }));
const UnsubscribePage = lazy(async () => ({ default: (await import("../notices/unsubscribe_page")).UnsubscribePage }));
const MediationPage = lazy(async () => ({ default: (await import("../mediation/mediation_page")).MediationPage }));
const PackagesPage = lazy(async () => ({ default: (await import("../packages/packages_page")).PackagesPage }));
const SessionsPage = lazy(async () => ({ default: (await import("../sessions/sessions_page")).SessionsPage }));
const RulesPage = lazy(async () => ({ default: (await import("../rules/rules_page")).RulesPage }));
const PublicPage = lazy(async () => ({ default: (await import("../publication/public_page")).PublicPage }));
const HistoryPage = lazy(async () => ({ default: (await import("../ledger/history_page")).HistoryPage }));

const StandingPage = lazy(async () => ({ default: (await import("../standing/standing_page")).StandingPage }));

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
      <Route path="/agreements/:id/standing">{({ id }) => <StandingPage key={id} id={id} />}</Route>
      <Route path="/notices">
        <NoticesPage />
      </Route>
      <Route path="/agreements/:id/notices">{({ id }) => <AgreementNoticesPage key={id} id={id} />}</Route>
      <Route path="/agreements/:id/mediation">{({ id }) => <MediationPage key={id} id={id} />}</Route>
      <Route path="/agreements/:id/packages">{({ id }) => <PackagesPage key={id} id={id} />}</Route>
      <Route path="/agreements/:id/sessions">{({ id }) => <SessionsPage key={id} id={id} />}</Route>
      <Route path="/agreements/:id/rules">{({ id }) => <RulesPage key={id} id={id} />}</Route>
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
        <Route path="/unsubscribe/:token">{({ token }) => <UnsubscribePage token={token} />}</Route>
        <Route path="/public/:id">{({ id }) => <PublicPage key={id} id={id} />}</Route>
        <Route path="/join/:token">{({ token }) => <InvitationPage token={token} />}</Route>
        <Route>
          <MembersOnly />
        </Route>
      </Switch>
    </Suspense>
  );
}
