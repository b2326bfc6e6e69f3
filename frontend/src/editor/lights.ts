/**
 * Lighting a suggestion wherever it stands, by a rule of a style sheet: no element is touched, so no caret, no
 * composition and no other light is disturbed, however many pieces the suggestion has.
 */

import { ofSuggestion } from "./selectors";
import type { SuggestionId } from "./types";

/** Editors on this page so far. `crypto.randomUUID` would be missing on pages served without TLS. */
let lit = 0;

export class Lights {
  private readonly sheet: CSSStyleSheet | null;
  private focused: SuggestionId | null = null;
  private hovered: SuggestionId | null = null;
  private news: readonly SuggestionId[] = [];

  constructor(private readonly root: HTMLElement) {
    this.root.dataset["lights"] = String((lit += 1));
    this.sheet = "adoptedStyleSheets" in document ? new CSSStyleSheet() : null;
    if (this.sheet !== null) document.adoptedStyleSheets.push(this.sheet);
  }

  focus(id: SuggestionId | null): void {
    this.focused = id;
    this.shine();
  }

  hover(id: SuggestionId | null): void {
    if (id === this.hovered) return;
    this.hovered = id;
    this.shine();
  }

  several(ids: readonly SuggestionId[]): void {
    this.news = ids;
    this.shine();
  }

  private shine(): void {
    const rules = [...this.news.map((id) => this.rule(id, "focus")), this.rule(this.hovered, "hover"), this.rule(this.focused, "focus")];
    this.sheet?.replaceSync(rules.join("\n"));
  }

  private rule(id: SuggestionId | null, how: "focus" | "hover"): string {
    if (id === null) return "";
    const scope = `[data-lights="${String(this.root.dataset["lights"])}"]`;
    return `${scope} ${ofSuggestion(id)} { --lit: var(--lit-${how}); }`;
  }

  destroy(): void {
    if (this.sheet !== null) document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== this.sheet);
  }
}
