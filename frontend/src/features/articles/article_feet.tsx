/**
 * At the foot of each article on the page: its initials, and putting one's own there. The feet stand inside the
 * editor's articles, beside their text, and keep every key and click to themselves.
 */
import { type ReactElement, useEffect, useState } from "react";
import { createPortal } from "react-dom";

import { InitialsLine } from "../signing/initials_line";
import { useRoom } from "./room";

const KEPT = ["mousedown", "pointerdown", "click", "keydown", "keypress", "keyup", "beforeinput", "input", "focusin", "focusout"];

/** A place at the end of an article. Its inner element is where React listens, so the outer one can stop events there. */
function footOf(section: Element): HTMLElement {
  const outer = document.createElement("footer");
  outer.className = "article-foot";
  outer.contentEditable = "false";
  for (const type of KEPT) outer.addEventListener(type, (event) => { event.stopPropagation(); });
  const inner = document.createElement("div");
  outer.append(inner);
  section.append(outer);
  return inner;
}

export function ArticleFeet(): ReactElement {
  const { agreement, editor } = useRoom();
  const feet = useFeet(agreement.articles.length);
  return (
    <>
      {editor &&
        agreement.articles.map((article) => {
          const foot = feet.get(article.id);
          return foot ? createPortal(<InitialsLine article={article} />, foot, article.id) : null;
        })}
    </>
  );
}

/** The feet by article, made as articles appear on the page. */
function useFeet(articles: number): ReadonlyMap<string, HTMLElement> {
  const { editor } = useRoom();
  const [feet, setFeet] = useState<ReadonlyMap<string, HTMLElement>>(new Map());

  useEffect(() => {
    if (!editor) return undefined;
    const made = new Map<string, HTMLElement>();
    for (const section of document.querySelectorAll<HTMLElement>(".page-text [data-article]")) {
      made.set(section.dataset["article"] ?? "", footOf(section));
    }
    // The editor owns these articles; what stands in them can only be known once it has drawn them.
    // eslint-disable-next-line react-hooks/set-state-in-effect
    setFeet(made);
    return () => {
      for (const foot of made.values()) foot.parentElement?.remove();
      setFeet(new Map());
    };
  }, [editor, articles]);
  return feet;
}
