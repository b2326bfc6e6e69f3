/** The text for those who read along without a place at the live table, as the service last told it. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactElement, useEffect } from "react";

import { api } from "../../api/client";
import type { AgreementText } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { problemText } from "../../ui/problem_text";
import { Waiting } from "../../ui/waiting";
import { textKey } from "../agreements/queries";
import { Reading } from "./reading";
import { useRoom } from "./room";

const LOOK_EVERY_MS = 15_000;

export function ReadOnlyPage(): ReactElement {
  const t = useMessages();
  const { agreement, view, layout } = useRoom();
  const text = useQuery({
    queryKey: [...textKey(agreement.id), view],
    queryFn: ({ signal }) => api.get<AgreementText>(`/agreements/${agreement.id}/text`, { view }, signal),
    refetchInterval: LOOK_EVERY_MS,
    placeholderData: keepPreviousData,
  });

  useEffect(() => {
    layout.set(placesOnPage());
  }, [text.data, layout]);

  if (text.isPending) return <Waiting />;
  if (text.isError) return <p className="note bad">{problemText(t, text.error)}</p>;
  return (
    <div className="page-text">
      <Reading articles={text.data.articles} />
    </div>
  );
}

/** Where each suggestion first stands on the page, read off the elements that bear its id. */
function placesOnPage(): ReadonlyMap<string, { top: number; height: number; article: never }> {
  const page = document.querySelector(".page-text > div");
  const origin = page?.getBoundingClientRect().top ?? 0;
  const places = new Map<string, { top: number; height: number; article: never }>();
  for (const element of page?.querySelectorAll<HTMLElement>("[data-suggestion]") ?? []) {
    for (const id of element.dataset["suggestion"]?.split(" ") ?? []) {
      const { top, height } = element.getBoundingClientRect();
      if (!places.has(id)) places.set(id, { top: top - origin, height, article: "" as never });
    }
  }
  return places;
}
