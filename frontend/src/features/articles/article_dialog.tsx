/** Suggesting what becomes of an article as a whole: add one, move it, give it another title, strike it. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, type SubmitEvent, useId, useState } from "react";

import { api } from "../../api/client";
import type { Agreement, Suggestion } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { Dialog } from "../../ui/dialog";
import { problemText } from "../../ui/problem_text";
import { announce } from "../../ui/toasts";
import { agreementKey } from "../agreements/queries";
import { suggestionsKey } from "../suggestions/queries";
import { useRoom } from "./room";
import { pageArticles } from "./units";

export type Wish =
  | { op: "add"; after?: string | null }
  | { op: "move"; article: string; title: string; after?: string | null }
  | { op: "retitle" | "strike"; article: string; title: string };

const FIRST = "";
const LONGEST_TITLE = 200;
const LONGEST_REASON = 4_000;

type Draft = { title: string; after: string; text: string; reason: string };

/** What is sent: only what the operation takes. */
function bodyOf(wish: Wish, { title, after, text, reason }: Draft): Record<string, unknown> {
  const why = { reason: reason.trim() || null };
  const place = { after: after === FIRST ? null : after };
  switch (wish.op) {
    case "add":
      return { op: wish.op, title, text, ...place, ...why };
    case "move":
      return { op: wish.op, article: wish.article, ...place, ...(title.trim() !== wish.title && { title }), ...why };
    case "retitle":
      return { op: wish.op, article: wish.article, title, ...why };
    case "strike":
      return { op: wish.op, article: wish.article, ...why };
  }
}

function startingPlace(agreement: Agreement, wish: Wish): string {
  if ("after" in wish) return wish.after ?? FIRST;
  const others = agreement.articles.filter(({ id }) => !("article" in wish) || id !== wish.article);
  return others.at(-1)?.id ?? FIRST;
}

export function ArticleDialog({ wish, onClose }: { wish: Wish; onClose: () => void }): ReactElement {
  const t = useMessages();
  const { agreement, select } = useRoom();
  const { dialog } = t.articles;
  const words = dialog[wish.op];
  const [draft, setDraft] = useState<Draft>({
    title: "title" in wish ? wish.title : "",
    after: startingPlace(agreement, wish),
    text: "",
    reason: "",
  });
  const queries = useQueryClient();
  const suggesting = useMutation({
    mutationFn: () => api.post<Suggestion>(`/agreements/${agreement.id}/articles`, bodyOf(wish, draft)),
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: suggestionsKey(agreement.id) });
      await queries.invalidateQueries({ queryKey: agreementKey(agreement.id), exact: true });
      announce(words.done);
      select(made.id);
      onClose();
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    suggesting.mutate();
  };
  const set = (changed: Partial<Draft>): void => { setDraft((before) => ({ ...before, ...changed })); };
  return (
    <Dialog title={wish.op === "add" ? dialog.add.title : dialog[wish.op].title(wish.title)} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <p className="soft">{words.body}</p>
        {wish.op !== "strike" && <TitleField isRenumbering={wish.op === "move"} draft={draft} set={set} />}
        {(wish.op === "add" || wish.op === "move") && <PlaceField wish={wish} draft={draft} set={set} />}
        {wish.op === "add" && <TextField draft={draft} set={set} />}
        <ReasonField draft={draft} set={set} />
        {suggesting.isError && <p className="note bad" role="alert">{problemText(t, suggesting.error)}</p>}
        <div className="dialog-actions">
          <button type="button" className="button quiet" onClick={onClose}>
            {t.app.cancel}
          </button>
          <button type="submit" className="button primary" disabled={suggesting.isPending}>
            {words.send}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

type FieldProps = { draft: Draft; set: (changed: Partial<Draft>) => void };

function TitleField({ draft, set, isRenumbering }: FieldProps & { isRenumbering: boolean }): ReactElement {
  const { dialog } = useMessages().articles;
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{dialog.titleLabel}</label>
      <input
        id={id}
        className="input"
        required
        maxLength={LONGEST_TITLE}
        value={draft.title}
        aria-describedby={isRenumbering ? `${id}-hint` : undefined}
        onChange={(event) => { set({ title: event.target.value }); }}
      />
      {isRenumbering && <p className="hint" id={`${id}-hint`}>{dialog.renumberHint}</p>}
    </div>
  );
}

function PlaceField({ wish, draft, set }: FieldProps & { wish: Wish }): ReactElement {
  const { dialog } = useMessages().articles;
  const { agreement } = useRoom();
  const id = useId();
  const others = pageArticles(agreement).filter((unit) => !("article" in wish) || unit.id !== wish.article);
  return (
    <div className="field">
      <label htmlFor={id}>{dialog.placeLabel}</label>
      <select id={id} className="input" value={draft.after} onChange={(event) => { set({ after: event.target.value }); }}>
        <option value={FIRST}>{dialog.first}</option>
        {others.map((unit) => (
          <option key={unit.id} value={unit.id}>
            {dialog.after(unit.title)}
          </option>
        ))}
      </select>
    </div>
  );
}

function TextField({ draft, set }: FieldProps): ReactElement {
  const { dialog } = useMessages().articles;
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{dialog.textLabel}</label>
      <textarea id={id} className="input" rows={6} value={draft.text} aria-describedby={`${id}-hint`} onChange={(event) => { set({ text: event.target.value }); }} />
      <p className="hint" id={`${id}-hint`}>{dialog.textHint}</p>
    </div>
  );
}

function ReasonField({ draft, set }: FieldProps): ReactElement {
  const { suggestions } = useMessages();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{suggestions.reasonLabel}</label>
      <textarea id={id} className="input" rows={3} maxLength={LONGEST_REASON} placeholder={suggestions.reasonPlaceholder} value={draft.reason} onChange={(event) => { set({ reason: event.target.value }); }} />
    </div>
  );
}
