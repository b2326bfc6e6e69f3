/** Selectors of what the editor draws, by the ids it stands for. */

import type { ArticleId, SuggestionId } from "./types";

const quoted = (value: string): string => `"${value.replace(/["\\\n]/g, "\\$&")}"`;

export const ofSuggestion = (id: SuggestionId): string => `[data-suggestion=${quoted(id)}]`;
export const ofArticle = (id: ArticleId): string => `[data-article=${quoted(id)}]`;
