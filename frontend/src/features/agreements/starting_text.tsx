/** The text to begin from, pasted or read from a file on this device. */
import { type ReactElement, useRef } from "react";

import { useMessages } from "../../i18n/messages";
import { measure } from "./founding";

type Props = { content: string; wrong: boolean; onChange: (content: string) => void };

export function StartingText({ content, wrong, onChange }: Props): ReactElement {
  const t = useMessages();
  const { form } = t.agreements;
  const file = useRef<HTMLInputElement>(null);
  const { articles, words } = measure(content);
  return (
    <div className="field">
      <label htmlFor="starting-text">{form.text}</label>
      <p className="hint" id="starting-text-hint">
        {form.textHint}
      </p>
      <textarea
        id="starting-text"
        className="input starting-text"
        aria-describedby="starting-text-hint starting-text-measure"
        aria-invalid={wrong && !content.trim() ? true : undefined}
        value={content}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
      <div className="row">
        <button type="button" className="button small" onClick={() => file.current?.click()}>
          {form.open}
        </button>
        <input
          ref={file}
          type="file"
          hidden
          accept=".md,.markdown,.txt,text/markdown,text/plain"
          onChange={(event) => {
            const [chosen] = event.target.files ?? [];
            if (chosen) void chosen.text().then(onChange);
          }}
        />
        <span className="soft fine" id="starting-text-measure">
          {content.trim() && (articles > 0 ? form.preview(articles, words) : form.noArticles)}
        </span>
      </div>
      {wrong && !content.trim() && <p className="wrong">{form.missing}</p>}
    </div>
  );
}
