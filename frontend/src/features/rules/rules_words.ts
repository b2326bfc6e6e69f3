/** Each ground rule in words. */
import type { RulesSettings } from "../../api/types";
import { onDay } from "../../i18n/moments";
import type { Locale, Messages } from "../../i18n/messages";

export const FIELDS = [
  "tablers",
  "acceptances",
  "observers_see",
  "public_sees",
  "blackout",
  "stall_days",
  "notice_clock",
  "initial_proposals_on",
  "retention_years",
] as const satisfies readonly (keyof RulesSettings)[];

export type RuleName = (typeof FIELDS)[number];

export function ruleText(t: Messages, locale: Locale, settings: RulesSettings, name: RuleName): string {
  const { values } = t.sessions.rules;
  switch (name) {
    case "tablers":
      return values.tablers[settings.tablers];
    case "observers_see":
    case "public_sees":
      return values.sees[settings[name]];
    case "acceptances":
      return settings.acceptances === null ? values.everySignatory : values.quorum(settings.acceptances);
    case "blackout":
      return settings.blackout ? values.yes : values.no;
    case "stall_days":
      return values.days(settings.stall_days);
    case "notice_clock":
      return values.clock[settings.notice_clock];
    case "initial_proposals_on":
      return settings.initial_proposals_on === null ? values.unset : onDay(locale, `${settings.initial_proposals_on}T12:00:00`);
    case "retention_years":
      return settings.retention_years === null ? values.forever : values.years(settings.retention_years);
  }
}
