/**
 * Which layer the page shows: the table, or the caucus of the reader's party. It stands in the address, so that a page
 * loaded again shows the layer one was writing in and not, unasked, the one that everybody reads.
 */
import { useCallback, useMemo, useRef, useState } from "react";
import { useLocation, useSearch } from "wouter";

import type { Agreement } from "../../api/types";
import type { EditorHandle, Layer, Viewpoint } from "../../editor";

export type Layering = {
  layer: Layer;
  mayCaucus: boolean;
  /** The caucus has been shown; from then on it stays open until the page is left. */
  isCaucusOpen: boolean;
  setLayer: (layer: Layer) => void;
  keepViewpoint: (editor: EditorHandle | null) => void;
  takeViewpoint: () => Viewpoint | null;
};

function headerHeight(): number {
  return document.querySelector(".table-header")?.getBoundingClientRect().bottom ?? 0;
}

export function useLayer(agreement: Agreement): Layering {
  const mayCaucus = agreement.me.may.includes("join_caucus");
  const search = useSearch();
  const [path, navigate] = useLocation();
  const layer: Layer = mayCaucus && new URLSearchParams(search).get("layer") === "caucus" ? "caucus" : "table";
  const [isCaucusOpen, setIsCaucusOpen] = useState(layer === "caucus");
  const viewpoint = useRef<Viewpoint | null>(null);
  if (layer === "caucus" && !isCaucusOpen) setIsCaucusOpen(true);

  const setLayer = useCallback(
    (to: Layer) => { navigate(to === "caucus" ? `${path}?layer=caucus` : path, { replace: true }); },
    [path, navigate],
  );
  const keepViewpoint = useCallback((editor: EditorHandle | null) => {
    viewpoint.current = editor?.viewpoint(Math.max(0, headerHeight())) ?? null;
  }, []);
  const takeViewpoint = useCallback(() => {
    const kept = viewpoint.current;
    viewpoint.current = null;
    return kept;
  }, []);
  return useMemo(
    () => ({ layer, mayCaucus, isCaucusOpen, setLayer, keepViewpoint, takeViewpoint }),
    [layer, mayCaucus, isCaucusOpen, setLayer, keepViewpoint, takeViewpoint],
  );
}
