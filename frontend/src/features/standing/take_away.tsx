/** What can be taken away: the exhibit, everybody's acts, and the positions as data. */
import type { ReactElement } from "react";
import { useMutation } from "@tanstack/react-query";

import { api } from "../../api/client";
import type { Agreement } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { problemText } from "../../ui/problem_text";

const FORMS = {
  exhibit: ["positions", "text/html", "positions.html"],
  csv: ["history", "text/csv", "history.csv"],
  json: ["positions", "application/json", "positions.json"],
} as const;

export type Form = keyof typeof FORMS;

function save(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

export function TakeAway({ agreement, forms = ["exhibit", "csv", "json"] }: { agreement: Agreement; forms?: readonly Form[] }): ReactElement {
  const t = useMessages();
  const fetching = useMutation({
    mutationFn: async (form: Form) => {
      const [what, type, name] = FORMS[form];
      save(await api.fetchAs(`/agreements/${agreement.id}/${what}`, type), name);
    },
  });
  return (
    <section className="take-away" aria-label={t.standing.take}>
      {forms.map((form) => (
        <button key={form} type="button" className="button small" disabled={fetching.isPending} onClick={() => { fetching.mutate(form); }}>
          {t.standing[form]}
        </button>
      ))}
      {fetching.isError && (
        <p className="note bad" role="alert">
          {problemText(t, fetching.error)}
        </p>
      )}
    </section>
  );
}
