/**
 * Where a link leads within an agreement's page: `#suggestion-…` or `#article-…`. It is followed once, when what it
 * names has come; a suggestion that has been decided meanwhile leaves the page at its beginning.
 */
import { useEffect, useRef } from "react";

import type { ArticleId } from "../../editor";
import { useRoom } from "./room";

export const toArticle = (agreement: string, article: string): string => `/agreements/${agreement}#article-${article}`;
export const toSuggestion = (agreement: string, suggestion: string): string => `/agreements/${agreement}#suggestion-${suggestion}`;

function named(kind: "article" | "suggestion"): string | null {
  const prefix = `#${kind}-`;
  return location.hash.startsWith(prefix) ? decodeURIComponent(location.hash.slice(prefix.length)) : null;
}

/** For a text that is only read: its articles bear their ids. */
export function useArrivalOnPage(isReady: boolean): void {
  useEffect(() => {
    if (isReady && location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }, [isReady]);
}

export function useArrival(): void {
  const { editor, byId, select } = useRoom();
  const isThere = useRef(false);

  useEffect(() => {
    if (isThere.current || !editor) return;
    const [article, suggestion] = [named("article"), named("suggestion")];
    if (article === null && (suggestion === null || !byId.has(suggestion))) return;
    isThere.current = true;
    if (article !== null) editor.scrollToArticle(article as ArticleId);
    else select(suggestion);
  }, [editor, byId, select]);
}
