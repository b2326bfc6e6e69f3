/** Tabling as the service does it: what the other side would see, and the act. */
import { api } from "../../api/client";
import { isProblem } from "../../api/problems";
import type { ArticleText, Suggestion } from "../../api/types";
import { caucusPath, type Draft } from "./drafts";

export type Tabled = Suggestion & { draft: string };
export type Preview = { articles: ArticleText[]; suggestions: Tabled[] };
export type Tabling = { id: string; suggestions: Tabled[] };

/** Each draft by the hash of what the reader saw of it: nothing else can be tabled with it. */
const named = (drafts: readonly Draft[]) => drafts.map(({ id, content_hash }) => ({ id, content_hash }));

export function preview(agreement: string, drafts: readonly Draft[]): Promise<Preview> {
  return api.post<Preview>(`${caucusPath(agreement)}/previews`, { suggestions: named(drafts) });
}

export function table(agreement: string, drafts: readonly Draft[], reason: string): Promise<Tabling> {
  const because = reason.trim() ? { reason: reason.trim() } : {};
  return api.post<Tabling>(`${caucusPath(agreement)}/tablings`, { suggestions: named(drafts), ...because });
}

/** The drafts as they stand now, where a refusal says that they have changed; one that is gone has no such form. */
export function changedDrafts(error: unknown): readonly Draft[] {
  const moved = isProblem(error, "stale_suggestion") ? error.fields["stale"] : [];
  return Array.isArray(moved) ? moved.filter(isDraft) : [];
}

function isDraft(value: unknown): value is Draft {
  return typeof value === "object" && value !== null && "content_hash" in value && "changes" in value;
}
