/** One version of the ground rules, each rule in a line; beside what it changes stands what it was. */
import type { ReactElement } from "react";

import type { Agreement, RulesVersion } from "../../api/types";
import { useLocale, useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { partyName } from "../articles/room";
import { FIELDS, ruleText } from "./rules_words";

export function RulesView({ version, before }: { version: RulesVersion; before?: RulesVersion | undefined }): ReactElement {
  const t = useMessages();
  const locale = useLocale();
  const words = t.sessions.rules;
  return (
    <>
      <dl className="rules">
        {FIELDS.map((name) => {
          const now = ruleText(t, locale, version.settings, name);
          const was = before && ruleText(t, locale, before.settings, name);
          const isChanged = was !== undefined && was !== now;
          return (
            <div key={name} className={isChanged ? "rule changed" : "rule"}>
              <dt>{words.fields[name]}</dt>
              <dd>
                {now}
                {isChanged && <span className="rule-was">{words.was(was)}</span>}
              </dd>
            </div>
          );
        })}
        <div className={before && before.further !== version.further ? "rule changed" : "rule"}>
          <dt>{words.further}</dt>
          <dd className="minutes-text">{version.further || words.noFurther}</dd>
        </div>
      </dl>
      {version.reason && (
        <p className="fine">
          <span className="soft">{words.reason}: </span>
          {version.reason}
        </p>
      )}
    </>
  );
}

export function Signatures({ agreement, version }: { agreement: Agreement; version: RulesVersion }): ReactElement {
  const words = useMessages().sessions.rules;
  return (
    <ul className="row fine">
      {version.signatures.map(({ party }) => (
        <li key={party} className="badge good">
          <Icon name="check" size={14} />
          {words.signed(partyName(agreement, party))}
        </li>
      ))}
      {version.awaiting.map((party) => (
        <li key={party} className="badge">
          {words.waiting(partyName(agreement, party))}
        </li>
      ))}
    </ul>
  );
}
