/** The final text in the forms one can take away. */
import { useMutation } from "@tanstack/react-query";
import type { ReactElement } from "react";

import { api } from "../../api/client";
import { useMessages } from "../../i18n/messages";
import { problemText } from "../../ui/problem_text";

const FORMS = {
  json: ["application/json", "json"],
  markdown: ["text/markdown", "md"],
  plain: ["text/plain", "txt"],
  html: ["text/html", "html"],
} as const;

type Form = keyof typeof FORMS;

/** The signed form is called final.json, as the command that verifies it says. */
function fileName(title: string, form: Form): string {
  const plain = title.replaceAll(/[^\p{L}\p{N}]+/gu, "-").replaceAll(/^-|-$/g, "");
  return form === "json" ? "final.json" : `${plain || "agreement"}.${FORMS[form][1]}`;
}

function save(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

export function Downloads({ agreement, title }: { agreement: string; title: string }): ReactElement {
  const t = useMessages();
  const words = t.record.final;
  const fetching = useMutation({
    mutationFn: async (form: Form) => {
      save(await api.fetchAs(`/agreements/${agreement}/final`, FORMS[form][0]), fileName(title, form));
    },
  });
  return (
    <section className="sheet" aria-labelledby="downloads">
      <h2 id="downloads">{words.downloads}</h2>
      <ul className="downloads">
        {(Object.keys(FORMS) as Form[]).map((form) => (
          <li key={form}>
            <button type="button" className="button" disabled={fetching.isPending} onClick={() => { fetching.mutate(form); }}>
              {words.formats[form]}
            </button>
          </li>
        ))}
      </ul>
      {fetching.isError && (
        <p className="note bad" role="alert">
          {problemText(t, fetching.error)}
        </p>
      )}
    </section>
  );
}
