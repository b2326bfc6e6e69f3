/** Cards beside their text, giving way to each other; only those near the screen are drawn. */
import { type ReactElement, type ReactNode, type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";

import type { Structure } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { useWatched } from "../../ui/watch";
import { useRoom } from "../articles/room";
import { arrange } from "./arranging";

const GUESSED_HEIGHT = 168;
/** Cards this far beyond the screen are drawn too, so that scrolling meets them ready. */
const BEYOND = 900;
/** The screen is looked at on a grid; half of its step is how far off the screen's end may be taken. */
const UNSURE = 150;

/** What has a card: its place in the text is found by its id. */
export type Carded = { id: string; article_id: string; structure?: Structure | null };

/** Where the article begins that a card is about as a whole, in the pixels of the text's own places. */
export function headOf({ article_id: article, structure }: Carded): { top: number } | null {
  const head = structure ? document.querySelector(`.page-text [data-article="${CSS.escape(article)}"]`) : null;
  const text = document.querySelector(".page-text")?.firstElementChild;
  return head && text ? { top: head.getBoundingClientRect().top - text.getBoundingClientRect().top } : null;
}

type Props<T extends Carded> = {
  items: readonly T[];
  /** Where that is not found by its id, in the same pixels. */
  placeOf?: (item: T) => { top: number } | null;
  children: (item: T) => ReactNode;
};

export function PlacedCards<T extends Carded>({ items, placeOf, children }: Props<T>): ReactElement {
  const { layout, selected } = useRoom();
  const places = useWatched(layout);
  const box = useRef<HTMLDivElement>(null);
  const [heights, measure] = useHeights();
  const offset = useOffset(box);
  const [from, to] = useScreen(box);

  const placed = useMemo(() => {
    const onPage = items.flatMap((item) => {
      const place = places.get(item.id) ?? placeOf?.(item);
      return place ? [{ item, id: item.id, top: place.top - offset, height: heights.get(item.id) ?? GUESSED_HEIGHT }] : [];
    });
    onPage.sort((one, other) => one.top - other.top);
    const tops = arrange(onPage, selected);
    return onPage.map((card) => ({ ...card, top: tops.get(card.id) ?? card.top }));
    // What tells places reads the page, which is told of by `places`.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [items, places, offset, heights, selected]);

  const [first, last] = [placed[0], placed.at(-1)];
  return (
    <div className="cards" ref={box} style={{ minHeight: last ? last.top + last.height : 0 }}>
      {first && first.top > to - UNSURE && <FurtherDown item={first.item} />}
      {placed
        .filter(({ id, top, height }) => id === selected || (top + height > from - BEYOND && top < to + BEYOND))
        .map(({ item, id, top }) => (
          <div className="card-place" key={id} ref={measure(id)} style={{ transform: `translateY(${String(Math.round(top))}px)` }}>
            {children(item)}
          </div>
        ))}
    </div>
  );
}

/** Beside a beginning that nobody has touched: where the first suggestion stands. */
function FurtherDown({ item }: { item: Carded }): ReactElement {
  const t = useMessages();
  const { agreement, select } = useRoom();
  const title = agreement.articles.find(({ id }) => id === item.article_id)?.title ?? "";
  return (
    <div className="margin-note">
      <p className="soft">{t.suggestions.furtherDown(title)}</p>
      <button type="button" className="button small" onClick={() => { select(item.id); }}>
        {t.suggestions.list.go}
      </button>
    </div>
  );
}

/** The height of each card as it is drawn. */
function useHeights(): [ReadonlyMap<string, number>, (id: string) => (element: HTMLElement | null) => (() => void) | undefined] {
  const [heights, setHeights] = useState<ReadonlyMap<string, number>>(new Map());
  const observer = useRef<ResizeObserver | null>(null);
  const measure = useCallback(
    (id: string) => (element: HTMLElement | null) => {
      if (!element) return undefined;
      element.dataset["id"] = id;
      observer.current ??= new ResizeObserver((entries) => {
        setHeights((before) => {
          const after = new Map(before);
          for (const { target } of entries) {
            if (target instanceof HTMLElement && target.dataset["id"]) after.set(target.dataset["id"], target.offsetHeight);
          }
          return after;
        });
      });
      const watching = observer.current;
      watching.observe(element);
      return () => { watching.unobserve(element); };
    },
    [],
  );
  return [heights, measure];
}

/** How far the cards' box begins below the box that positions are measured from; it moves with what stands above. */
function useOffset(box: RefObject<HTMLDivElement | null>): number {
  const { layout } = useRoom();
  const [offset, setOffset] = useState(0);

  useLayoutEffect(() => {
    const measure = (): void => {
      const text = document.querySelector(".page-text")?.firstElementChild;
      if (!text || !box.current) return;
      setOffset(Math.round(box.current.getBoundingClientRect().top - text.getBoundingClientRect().top));
    };
    const observer = new ResizeObserver(measure);
    for (const element of [document.querySelector(".paper-page"), box.current?.parentElement]) {
      if (element) observer.observe(element);
    }
    const stop = layout.watch(measure);
    return () => {
      observer.disconnect();
      stop();
    };
  }, [box, layout]);
  return offset;
}

/** The part of the cards' box that is on the screen. */
function useScreen(box: RefObject<HTMLDivElement | null>): [from: number, to: number] {
  const [screen, setScreen] = useState<[number, number]>([0, 2000]);
  useEffect(() => {
    let frame = 0;
    const look = (): void => {
      frame = 0;
      const top = -(box.current?.getBoundingClientRect().top ?? 0);
      // A coarse grid: the list of drawn cards need not change with every pixel.
      const from = Math.floor(top / 300) * 300;
      setScreen((before) => (before[0] === from ? before : [from, from + window.innerHeight + 300]));
    };
    const later = (): void => {
      frame ||= requestAnimationFrame(look);
    };
    look();
    window.addEventListener("scroll", later, { passive: true });
    window.addEventListener("resize", later);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener("scroll", later);
      window.removeEventListener("resize", later);
    };
  }, [box]);
  return screen;
}
