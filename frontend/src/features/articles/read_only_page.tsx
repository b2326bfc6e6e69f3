/** The text for those who read along without a place at the live table, as the service last told it. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactElement, useEffect } from "react";

import { api } from "../../api/client";
import type { AgreementText } from "../../api/types";
import type { ArticleId, SuggestionPosition } from "../../editor";
import { useMessages } from "../../i18n/messages";
import { hueOf, shapeOf } from "../../ui/party_mark";
import { problemText } from "../../ui/problem_text";
import { Waiting } from "../../ui/waiting";
import { textKey } from "../agreements/queries";
import { useArrivalOnPage } from "./arrival";
import { Reading } from "./reading";
import { type Layout, partyIndex, useRoom } from "./room";

const LOOK_EVERY_MS = 15_000;

export function ReadOnlyPage(): ReactElement {
  const t = useMessages();
  const { agreement, view, layout } = useRoom();
  const text = useQuery({
    queryKey: [...textKey(agreement.id), view],
    queryFn: ({ signal }) => api.get<AgreementText>(`/agreements/${agreement.id}/text`, { view }, signal),
    refetchInterval: LOOK_EVERY_MS,
    placeholderData: keepPreviousData,
    enabled: agreement.me.sees !== "nothing",
  });

  useArrivalOnPage(text.isSuccess);
  const look = (party: string): string => {
    const index = partyIndex(agreement, party);
    return `party-hue-${String(hueOf(index))} party-${shapeOf(index)}`;
  };

  useEffect(() => {
    const page = document.querySelector(".page-text > div");
    if (!page) return undefined;
    const observer = new ResizeObserver(() => { layout.set(placesOn(page)); });
    observer.observe(page);
    return () => { observer.disconnect(); };
  }, [text.data, layout]);

  if (agreement.me.sees === "nothing") return <></>;
  if (text.isPending) return <Waiting />;
  if (text.isError) return <p className="note bad">{problemText(t, text.error)}</p>;
  return (
    <div className="page-text">
      <Reading articles={text.data.articles} look={look} />
    </div>
  );
}

/** Where each suggestion first stands on the page, read off the elements that bear its id. */
function placesOn(page: Element): Layout {
  const origin = page.getBoundingClientRect().top;
  const places = new Map<string, SuggestionPosition>();
  for (const element of page.querySelectorAll<HTMLElement>("[data-suggestion]")) {
    const { suggestion = "" } = element.dataset;
    const article = element.closest("section")?.id.replace("article-", "") ?? "";
    const { top, height } = element.getBoundingClientRect();
    if (!places.has(suggestion)) places.set(suggestion, { top: top - origin, height, article: article as ArticleId });
  }
  return places;
}
