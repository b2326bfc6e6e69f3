/** Proposing ground rules: every setting as it holds now, to be changed, and further rules in one's own words. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, type SubmitEvent, useId } from "react";

import { api } from "../../api/client";
import type { Agreement, RulesSettings, RulesVersion } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { Dialog } from "../../ui/dialog";
import { Field } from "../../ui/field";
import { given } from "../../ui/form_values";
import { problemText } from "../../ui/problem_text";
import { type Proposal, type Rules, rulesKey } from "./queries";

type Props = { agreement: Agreement; rules: Rules; onClose: () => void };

const SEES = ["nothing", "tentative", "tabled", "live"] as const;
const FEWEST = 2;
const LONGEST = 4_000;

function proposalFrom(form: FormData): Proposal {
  const number = (name: string): number | null => (given(form, name) ? Number(given(form, name)) : null);
  return {
    tablers: given(form, "tablers") as RulesSettings["tablers"],
    observers_see: given(form, "observers_see") as RulesSettings["observers_see"],
    public_sees: given(form, "public_sees") as RulesSettings["public_sees"],
    acceptances: number("acceptances"),
    blackout: form.has("blackout"),
    stall_days: number("stall_days") ?? 14,
    notice_clock: given(form, "notice_clock") as RulesSettings["notice_clock"],
    initial_proposals_on: given(form, "initial_proposals_on") || null,
    retention_years: number("retention_years"),
    further: given(form, "further").trim(),
    reason: given(form, "reason").trim() || null,
  };
}

export function ProposeDialog({ agreement, rules, onClose }: Props): ReactElement {
  const t = useMessages();
  const words = t.sessions.rules;
  const id = useId();
  const queries = useQueryClient();
  const begun = rules.proposed ?? rules.in_force;
  const proposing = useMutation({
    mutationFn: (proposal: Proposal) => api.post<RulesVersion>(`/agreements/${agreement.id}/ground-rules`, proposal),
    onSuccess: () => {
      onClose();
      return queries.invalidateQueries({ queryKey: rulesKey(agreement.id) });
    },
  });
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    proposing.mutate(proposalFrom(new FormData(event.currentTarget)));
  };
  return (
    <Dialog title={words.proposeTitle} onClose={onClose} wide>
      {rules.proposed && <p className="note warn">{words.replaces}</p>}
      <form className="stack" onSubmit={submit}>
        <Settings agreement={agreement} settings={begun.settings} />
        <div className="field">
          <label htmlFor={`${id}-further`}>{words.further}</label>
          <textarea id={`${id}-further`} className="input" name="further" rows={5} maxLength={LONGEST} defaultValue={begun.further} aria-describedby={`${id}-hint`} />
          <p className="hint" id={`${id}-hint`}>{words.furtherHint}</p>
        </div>
        <Field label={words.reason} name="reason" maxLength={LONGEST} />
        {proposing.isError && <p className="note bad" role="alert">{problemText(t, proposing.error)}</p>}
        <div className="dialog-actions">
          <button type="button" className="button quiet" onClick={onClose}>
            {t.app.cancel}
          </button>
          <button type="submit" className="button primary" disabled={proposing.isPending}>
            {words.submit}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function Settings({ agreement, settings }: { agreement: Agreement; settings: RulesSettings }): ReactElement {
  const { fields, values, hints, asked } = useMessages().sessions.rules;
  const signatories = agreement.parties.filter(({ signatory }) => signatory).length;
  const quorums = Array.from({ length: Math.max(0, signatories - FEWEST) }, (_, index) => index + FEWEST);
  return (
    <div className="rule-fields">
      <Choice name="tablers" label={fields.tablers} chosen={settings.tablers} options={Object.entries(values.tablers)} />
      {quorums.length > 0 ? (
        <Choice name="acceptances" label={fields.acceptances} chosen={String(settings.acceptances ?? "")} options={[["", values.everySignatory], ...quorums.map((n): [string, string] => [String(n), values.quorum(n)])]} />
      ) : (
        <input type="hidden" name="acceptances" value="" />
      )}
      <Choice name="observers_see" label={fields.observers_see} chosen={settings.observers_see} options={SEES.map((each) => [each, values.sees[each]])} />
      <Choice name="public_sees" label={fields.public_sees} chosen={settings.public_sees} options={SEES.slice(0, 3).map((each) => [each, values.sees[each]])} />
      <Choice name="notice_clock" label={fields.notice_clock} chosen={settings.notice_clock} options={Object.entries(values.clock)} hint={hints.clock} />
      <Field name="stall_days" label={asked.stall_days} type="number" min={1} max={365} required defaultValue={settings.stall_days} />
      <Field name="initial_proposals_on" label={fields.initial_proposals_on} type="date" defaultValue={settings.initial_proposals_on ?? ""} />
      <Field name="retention_years" label={asked.retention_years} type="number" min={1} max={100} placeholder={values.forever} defaultValue={settings.retention_years ?? ""} />
      <div className="field">
        <label className="tick">
          <input type="checkbox" name="blackout" defaultChecked={settings.blackout} />
          {fields.blackout}
        </label>
        <p className="hint">{hints.blackout}</p>
      </div>
    </div>
  );
}

type ChoiceProps = { name: string; label: string; chosen: string; options: readonly (readonly [string, string])[]; hint?: string };

function Choice({ name, label, chosen, options, hint }: ChoiceProps): ReactElement {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="input" name={name} defaultValue={chosen}>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
      {hint && <p className="hint">{hint}</p>}
    </div>
  );
}
