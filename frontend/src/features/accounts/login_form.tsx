/** Logging in or opening an account, in one form that can be turned over. */
import { useMutation } from "@tanstack/react-query";
import { type SubmitEvent, type ReactElement, useState } from "react";

import { isProblem } from "../../api/problems";
import { type Messages, useMessages } from "../../i18n/messages";
import { Field } from "../../ui/field";
import { given } from "../../ui/form_values";
import { problemText } from "../../ui/problem_text";
import { useLogin } from "./me";

type Props = { onEntered: () => void; invitation?: string; startWith?: "logIn" | "register" };

export function LoginForm({ onEntered, invitation, startWith = "logIn" }: Props): ReactElement {
  const t = useMessages();
  const { logIn, register } = useLogin();
  const [side, setSide] = useState(startWith);
  const entering = useMutation({
    mutationFn: async (form: FormData) => {
      const [email, password] = [given(form, "email"), given(form, "password")];
      if (side === "logIn") await logIn(email, password);
      else await register(given(form, "name"), email, password, invitation);
    },
    onSuccess: onEntered,
  });
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    entering.mutate(new FormData(event.currentTarget));
  };
  const turn = (): void => {
    entering.reset();
    setSide(side === "logIn" ? "register" : "logIn");
  };
  return (
    <form onSubmit={submit}>
      <h1>{t.accounts[side]}</h1>
      {entering.isError && (
        <p className="note bad" role="alert">
          {refusal(t, side, entering.error)}
        </p>
      )}
      {side === "register" && <Field label={t.accounts.name} hint={t.accounts.nameHint} name="name" autoComplete="name" required maxLength={200} />}
      <Field label={t.accounts.email} name="email" type="email" autoComplete="username" required />
      <Field
        label={t.accounts.password}
        name="password"
        type="password"
        autoComplete={side === "logIn" ? "current-password" : "new-password"}
        required
        {...(side === "register" && { minLength: 8, hint: t.accounts.passwordHint })}
      />
      <button type="submit" className="button primary" disabled={entering.isPending}>
        {t.accounts[side]}
      </button>
      <p className="soft">
        {side === "logIn" ? t.accounts.noAccount : t.accounts.haveAccount}{" "}
        <button type="button" className="linklike" onClick={turn}>
          {side === "logIn" ? t.accounts.register : t.accounts.logIn}
        </button>
      </p>
    </form>
  );
}

function refusal(t: Messages, side: "logIn" | "register", error: unknown): string {
  return side === "logIn" && isProblem(error, "unauthenticated") ? t.accounts.wrong : problemText(t, error);
}
