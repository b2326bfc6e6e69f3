/** How an article may stand, in the order in which the page tells it. */
import type { Messages } from "../../i18n/messages";

export const STANDINGS = ["tentative", "in_package", "open", "status_quo"] as const;

/** A standing in words; one that this page does not know is told as it is called. */
export function standingName(words: Messages["standing"], standing: string): string {
  return (words.standings as Record<string, string>)[standing] ?? standing;
}
