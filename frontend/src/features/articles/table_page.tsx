/** The agreement at the table: the page, its outline and its suggestions, live. */
import "./table.css";
import "./page.css";

import { useQueryClient } from "@tanstack/react-query";
import { lazy, type ReactElement, Suspense, useEffect, useState } from "react";

import type { Agreement } from "../../api/types";
import { type Messages, useMessages } from "../../i18n/messages";
import { useTitle } from "../../ui/title";
import { Waiting } from "../../ui/waiting";
import { useMe } from "../accounts/me";
import { agreementKey } from "../agreements/queries";
import { CaucusBand } from "../caucus/caucus_band";
import { useLayer } from "../caucus/use_layer";
import { useLedgerTail } from "../ledger/queries";
import { BlackoutBanner, StallBanner } from "../sessions/stall_banner";
import { Margin } from "../suggestions/margin";
import { suggestionsKey } from "../suggestions/queries";
import { SuggestionSheet } from "../suggestions/sheet";
import { NextStep } from "../signing/next_step";
import { useArrival } from "./arrival";
import { FirstVisit } from "./first_visit";
import { useLiveLayer } from "./live_layers";
import { LiveNews } from "./live_news";
import { Outline } from "./outline";
import { PageEditor } from "./page_editor";
import { ReadOnlyPage } from "./read_only_page";
import { RoomContext, useRoom } from "./room";
import { Shortcuts } from "./shortcuts";
import { TableHeader } from "./table_header";
import { useTableRoom } from "./use_table_room";
import { useIsNarrow } from "./width";

const CaucusSide = lazy(async () => ({ default: (await import("../caucus/caucus_side")).CaucusSide }));

export function TablePage({ agreement }: { agreement: Agreement }): ReactElement | null {
  const me = useMe();
  return me.data ? <Seated agreement={agreement} account={me.data.id} /> : null;
}

function Seated({ agreement, account }: { agreement: Agreement; account: string }): ReactElement {
  const mayJoin = agreement.me.may.includes("join_table") || agreement.me.sees === "live";
  return mayJoin ? <LivePage agreement={agreement} account={account} /> : <WatchingPage agreement={agreement} />;
}

const NOT_LIVE = { table: null, caucus: null };

function LivePage({ agreement, account }: { agreement: Agreement; account: string }): ReactElement {
  const layering = useLayer(agreement);
  const table = useLiveLayer("table", agreement, account, true);
  const caucus = useLiveLayer("caucus", agreement, account, layering.isCaucusOpen);
  const room = useTableRoom(agreement, { table, caucus }, layering);
  useLedgerTail(agreement.id, table);
  return (
    <RoomContext value={room}>
      <Frame>{room.live ? <PageEditor key={room.layer} live={room.live} /> : <Waiting />}</Frame>
      <LiveNews live={table} />
      <LiveNews live={caucus} />
    </RoomContext>
  );
}

/** Those who may not write read along: the same page, as the service last told it. */
function WatchingPage({ agreement }: { agreement: Agreement }): ReactElement {
  const room = useTableRoom(agreement, NOT_LIVE, useLayer(agreement));
  useWatching(agreement.id);
  return (
    <RoomContext value={room}>
      <Frame>
        <ReadOnlyPage />
      </Frame>
    </RoomContext>
  );
}

/** Whoever sees less reads single articles: what would be said of the whole, or of proposals, is not theirs to know. */
function seesProposals({ me }: Agreement): boolean {
  return me.sees !== "nothing" && me.sees !== "tentative";
}

const LOOK_EVERY_MS = 15_000;

/** Whoever is not told by a live table looks by themselves; the ledger is not an observer's to read. */
function useWatching(agreement: string): void {
  const queries = useQueryClient();
  useEffect(() => {
    const timer = setInterval(() => {
      void queries.invalidateQueries({ queryKey: agreementKey(agreement), exact: true });
      void queries.invalidateQueries({ queryKey: suggestionsKey(agreement) });
    }, LOOK_EVERY_MS);
    return () => { clearInterval(timer); };
  }, [agreement, queries]);
}

function observing(t: Messages, agreement: Agreement): string {
  const words = t.sessions.observer;
  const { sees } = agreement.me;
  if (sees === "tentative" && agreement.articles.length === 0) return words.tentativeNone;
  return sees === "all" ? "" : words[sees];
}

function Frame({ children }: { children: ReactElement }): ReactElement {
  const t = useMessages();
  const { agreement, view, layer } = useRoom();
  const [isOutlineOpen, setIsOutlineOpen] = useState(false);
  const isNarrow = useIsNarrow();
  useTitle(layer === "caucus" ? t.caucus.tabTitle(agreement.title) : agreement.title);
  useArrival();

  useEffect(() => {
    document.body.dataset["view"] = view;
    document.body.dataset["layer"] = layer;
    return () => {
      delete document.body.dataset["view"];
      delete document.body.dataset["layer"];
    };
  }, [view, layer]);

  return (
    <>
      <a className="skip" href="#content">
        {t.app.skip}
      </a>
      <CaucusBand />
      <TableHeader onOutline={() => { setIsOutlineOpen(true); }} />
      <div className="desk">
        <Outline isOpen={isOutlineOpen} onClose={() => { setIsOutlineOpen(false); }} />
        <main className="paper-page" id="content" tabIndex={-1} aria-label={t.table.page}>
          {agreement.me.sees !== "all" && <p className="note observer-note">{observing(t, agreement)}</p>}
          <StallBanner agreement={agreement} />
          <BlackoutBanner agreement={agreement} />
          {layer === "table" && seesProposals(agreement) && <NextStep />}
          <FirstVisit key={`first visit ${layer}`} />
          <h1 className="agreement-title">{agreement.title}</h1>
          {children}
        </main>
        {layer === "caucus" ? <Suspense><CaucusSide isNarrow={isNarrow} /></Suspense> : !seesProposals(agreement) ? null : isNarrow ? <SuggestionSheet /> : <Margin />}
      </div>
      <Shortcuts />
    </>
  );
}
