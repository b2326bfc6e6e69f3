/** A content hash, laid out in groups so that two people can compare it aloud. */
import type { ReactElement } from "react";

export function Fingerprint({ label, hint, hash }: { label: string; hint?: string; hash: string }): ReactElement {
  return (
    <div className="fingerprint">
      <p className="field-label">{label}</p>
      <code aria-label={hash}>{hash.match(/.{1,8}/g)?.map((group) => <span key={group}>{group}</span>)}</code>
      {hint && <p className="soft fine">{hint}</p>}
    </div>
  );
}
