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

/** The draft as it stands now, where a refusal says that it has changed. */
export function changedDraft(error: unknown): Draft | null {
  if (!isProblem(error, "stale_suggestion")) return null;
  const current = error.fields["current"];
  return typeof current === "object" && current !== null && "content_hash" in current && "changes" in current ? (current as Draft) : null;
}
