/** A labelled input whose hint and error are read out with it. */
import { type InputHTMLAttributes, type ReactElement, useId } from "react";

type Props = InputHTMLAttributes<HTMLInputElement> & { "data-first"?: boolean; label: string; hint?: string; wrong?: string | undefined };

export function Field({ label, hint, wrong, ...input }: Props): ReactElement {
  const id = useId();
  const described = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(" ");
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        {...input}
        id={id}
        className="input"
        aria-invalid={wrong ? true : undefined}
        aria-describedby={described || undefined}
      />
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {wrong && (
        <p className="wrong" id={`${id}-wrong`}>
          {wrong}
        </p>
      )}
    </div>
  );
}
