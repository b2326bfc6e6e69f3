/** Log in, then go where one wanted to. */
import type { ReactElement } from "react";
import { Redirect, useLocation, useSearchParams } from "wouter";

import { useMessages } from "../../i18n/messages";
import { useTitle } from "../../ui/title";
import { Door } from "./door";
import { LoginForm } from "./login_form";
import { useMe } from "./me";

/** Only a place of this very application; a link must not carry a login elsewhere. */
function ownPlace(next: string | null): string {
  return next?.startsWith("/") && !next.startsWith("//") && !next.startsWith("/\\") ? next : "/";
}

export function LoginPage(): ReactElement {
  const t = useMessages();
  const me = useMe();
  const [search] = useSearchParams();
  const [, navigate] = useLocation();
  const next = ownPlace(search.get("next"));
  useTitle(t.accounts.logIn);

  if (me.data) return <Redirect to={next} replace />;
  return (
    <Door>
      <LoginForm
        onEntered={() => {
          navigate(next, { replace: true });
        }}
      />
    </Door>
  );
}
