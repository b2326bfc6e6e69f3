/** How one wants to be told by mail about an agreement, and whether the party lets mail carry private text. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, type SubmitEvent, useId, useState } from "react";

import { api } from "../../api/client";
import type { Agreement, NoticePreferences } from "../../api/types";
import { onDay } from "../../i18n/moments";
import { LOCALES, useLocale, useMessages } from "../../i18n/messages";
import { given } from "../../ui/form_values";
import { problemText } from "../../ui/problem_text";
import { toast } from "../../ui/toasts";
import { Waiting } from "../../ui/waiting";
import { partyName } from "../articles/room";

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const deviceZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

const keyOf = (agreement: string) => ["agreement", agreement, "notice-preferences"] as const;

export function PreferencesForm({ agreement }: { agreement: Agreement }): ReactElement {
  const found = useQuery({
    queryKey: keyOf(agreement.id),
    queryFn: ({ signal }) => api.get<NoticePreferences>(`/agreements/${agreement.id}/notices/preferences`, {}, signal),
  });
  if (!found.data) return <Waiting />;
  return (
    <>
      <Form agreement={agreement} kept={found.data} />
      <PartyChoice agreement={agreement} kept={found.data} />
    </>
  );
}

type Props = { agreement: Agreement; kept: NoticePreferences };

function Form({ agreement, kept }: Props): ReactElement {
  const t = useMessages();
  const locale = useLocale();
  const queries = useQueryClient();
  const id = useId();
  const words = t.notices.preferences;
  const [pace, setPace] = useState(kept.mail);
  const saving = useMutation({
    mutationFn: (body: unknown) => api.put<NoticePreferences>(`/agreements/${agreement.id}/notices/preferences`, body),
    onSuccess: (saved) => {
      queries.setQueryData(keyOf(agreement.id), saved);
      toast(words.saved);
    },
  });
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [from, until] = [given(form, "from"), given(form, "until")];
    const isQuiet = from !== "" && until !== "";
    // What is not asked while no mail comes stays as it was.
    const { time_zone, language, quiet_from, quiet_until, muted } = kept;
    const asked = pace === "off" ? { time_zone, language, quiet_from, quiet_until, muted } : {
      time_zone: given(form, "zone"),
      language: given(form, "language"),
      quiet_from: isQuiet ? Number(from) : null,
      quiet_until: isQuiet ? Number(until) : null,
      muted: Object.keys(words.topics).filter((topic) => form.get(`about-${topic}`) === null),
    };
    saving.mutate({ mail: pace, daily_hour: Number(given(form, "hour") || kept.daily_hour), ...asked });
  };
  // Nobody has chosen a zone as long as it is the service's own; the device knows the likely one.
  const zone = kept.time_zone === "UTC" ? deviceZone() : kept.time_zone;
  return (
    <form className="sheet stack mail-form" onSubmit={submit} aria-labelledby={`${id}-title`}>
      <div>
        <h2 id={`${id}-title`}>{words.title}</h2>
        <p className="soft fine">{kept.mail_available ? words.to(kept.address) : words.unavailable}</p>
      </div>
      {kept.address_refused_at && <p className="note warn">{words.refused(onDay(locale, kept.address_refused_at))}</p>}
      <div className="mail-grid">
        <label className="field">
          <span className="field-label">{words.pace}</span>
          <select className="input" name="mail" value={pace} onChange={(event) => { setPace(event.target.value as typeof pace); }}>
            {Object.entries(words.paces).map(([key, name]) => <option key={key} value={key}>{name}</option>)}
          </select>
        </label>
        {pace === "daily" && <HourField name="hour" label={words.hour} value={kept.daily_hour} />}
        {pace !== "off" && (
          <label className="field">
            <span className="field-label">{words.language}</span>
            <select className="input" name="language" defaultValue={kept.language}>
              {Object.entries(LOCALES).map(([key, name]) => <option key={key} value={key} lang={key}>{name}</option>)}
            </select>
          </label>
        )}
      </div>
      {pace !== "off" && (
        <>
          <fieldset className="field">
            <legend>{words.quiet}</legend>
            <p className="hint">{words.quietHint}</p>
            <div className="mail-grid">
              <HourField name="from" label={words.from} value={kept.quiet_from} none={words.noQuiet} />
              <HourField name="until" label={words.until} value={kept.quiet_until} none={words.noQuiet} />
              <label className="field">
                <span className="field-label">{words.zone}</span>
                <select className="input" name="zone" defaultValue={zone}>
                  {[...new Set([zone, "UTC", ...Intl.supportedValuesOf("timeZone")])].map((one) => <option key={one}>{one}</option>)}
                </select>
              </label>
            </div>
          </fieldset>
          <fieldset className="field">
            <legend>{words.about}</legend>
            <div className="mail-topics">
              {Object.entries(words.topics).map(([topic, name]) => (
                <label key={topic} className="check">
                  <input type="checkbox" name={`about-${topic}`} defaultChecked={!kept.muted.some((muted) => muted === topic)} /> {name}
                </label>
              ))}
            </div>
          </fieldset>
        </>
      )}
      {saving.isError && <p className="note bad" role="alert">{problemText(t, saving.error)}</p>}
      <div>
        <button type="submit" className="button primary" disabled={saving.isPending}>{words.save}</button>
      </div>
    </form>
  );
}

function HourField({ name, label, value, none }: { name: string; label: string; value: number | null; none?: string }): ReactElement {
  const locale = useLocale();
  const shown = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" });
  return (
    <label className="field">
      <span className="field-label">{label}</span>
      <select className="input" name={name} defaultValue={value === null ? "" : String(value)}>
        {none !== undefined && <option value="">{none}</option>}
        {HOURS.map((hour) => <option key={hour} value={hour}>{shown.format(new Date(2026, 0, 1, hour))}</option>)}
      </select>
    </label>
  );
}

function PartyChoice({ agreement, kept }: Props): ReactElement {
  const t = useMessages();
  const queries = useQueryClient();
  const words = t.notices.preferences.party;
  const choosing = useMutation({
    mutationFn: (carries: boolean) =>
      api.put<NoticePreferences>(`/agreements/${agreement.id}/notices/party-mail`, { carries_text: carries }),
    onSuccess: (saved) => {
      queries.setQueryData(keyOf(agreement.id), saved);
      toast(t.notices.preferences.saved);
    },
  });
  return (
    <section className="sheet mail-party">
      <h2>{words.title(partyName(agreement, agreement.me.party))}</h2>
      <label className="check">
        <input
          type="checkbox"
          checked={kept.carries_text}
          disabled={!kept.may_choose_text || choosing.isPending}
          onChange={(event) => { choosing.mutate(event.target.checked); }}
        />{" "}
        {words.carries}
      </label>
      <p className="soft fine">{words.hint}{!kept.may_choose_text && ` ${words.leads}`}</p>
    </section>
  );
}
