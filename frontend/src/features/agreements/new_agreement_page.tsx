/** Starting an agreement: its title, the parties, one's own place, and the text to begin from. */
import "./agreements.css";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, type ReactElement, useState } from "react";
import { Link, useLocation } from "wouter";

import { api } from "../../api/client";
import type { Agreement, Role } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { Field } from "../../ui/field";
import { problemText } from "../../ui/problem_text";
import { useTitle } from "../../ui/title";
import { Shell } from "../app/shell";
import { EMPTY_FOUNDING, type Fault, faults, founding, type FoundingDraft } from "./founding";
import { PartiesField } from "./parties_field";
import { StartingText } from "./starting_text";

export function NewAgreementPage(): ReactElement {
  const t = useMessages();
  const { form } = t.agreements;
  const [draft, setDraft] = useState(EMPTY_FOUNDING);
  const [shown, setShown] = useState<Fault[]>([]);
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const starting = useMutation({
    mutationFn: () => api.post<Agreement>("/agreements", founding(draft)),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries();
      navigate(`/agreements/${id}`);
    },
  });
  const change = (part: Partial<FoundingDraft>): void => {
    setDraft({ ...draft, ...part });
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const found = faults(draft);
    setShown(found);
    if (found.length === 0) starting.mutate();
  };
  useTitle(form.title);
  return (
    <Shell>
      <h1>{form.title}</h1>
      <form className="sheet stack" onSubmit={submit} noValidate>
        <Field
          label={form.name}
          placeholder={form.namePlaceholder}
          value={draft.title}
          maxLength={200}
          wrong={shown.includes("title") ? form.missing : undefined}
          onChange={(event) => {
            change({ title: event.target.value });
          }}
        />
        <PartiesField parties={draft.parties} wrong={shown.includes("parties")} onChange={(parties) => { change({ parties }); }} />
        <Place draft={draft} onChange={change} />
        <StartingText content={draft.content} wrong={shown.includes("content")} onChange={(content) => { change({ content }); }} />
        {starting.isError && (
          <p className="note bad" role="alert">
            {problemText(t, starting.error)}
          </p>
        )}
        <div className="row">
          <button type="submit" className="button primary" disabled={starting.isPending}>
            {form.submit}
          </button>
          <Link href="/" className="button quiet">
            {t.app.cancel}
          </Link>
        </div>
      </form>
    </Shell>
  );
}

type PlaceProps = { draft: FoundingDraft; onChange: (part: Partial<FoundingDraft>) => void };

function Place({ draft, onChange }: PlaceProps): ReactElement {
  const t = useMessages();
  const { form, roles, roleHints } = t.agreements;
  return (
    <div className="two-fields">
      <div className="field">
        <label htmlFor="my-party">{form.mine}</label>
        <select
          id="my-party"
          className="input"
          value={draft.mine}
          onChange={(event) => {
            onChange({ mine: Number(event.target.value) });
          }}
        >
          {draft.parties.map(({ id, name }, index) => (
            <option key={id} value={id}>
              {name.trim() || form.party(index + 1)}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor="my-role">{form.myRole}</label>
        <select
          id="my-role"
          className="input"
          value={draft.role}
          onChange={(event) => {
            onChange({ role: event.target.value as Role });
          }}
        >
          {(["lead", "drafter"] as const).map((role) => (
            <option key={role} value={role}>
              {roles[role]}: {roleHints[role]}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}
