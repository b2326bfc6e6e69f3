/** The agreement at the table: the page, its outline and its suggestions, live. */
import "./table.css";
import "./page.css";

import { type ReactElement, useEffect, useState } from "react";

import type { Agreement } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { useTitle } from "../../ui/title";
import { Waiting } from "../../ui/waiting";
import { useMe } from "../accounts/me";
import { useLedgerTail } from "../ledger/queries";
import { Margin } from "../suggestions/margin";
import { SuggestionSheet } from "../suggestions/sheet";
import { NextStep } from "../signing/next_step";
import { useArrival } from "./arrival";
import { FirstVisit } from "./first_visit";
import { useLiveTable } from "./live_table";
import { LiveNews } from "./live_news";
import { Outline } from "./outline";
import { PageEditor } from "./page_editor";
import { ReadOnlyPage } from "./read_only_page";
import { RoomContext, useRoom } from "./room";
import { Shortcuts } from "./shortcuts";
import { TableHeader } from "./table_header";
import { useTableRoom } from "./use_table_room";
import { useIsNarrow } from "./width";

export function TablePage({ agreement }: { agreement: Agreement }): ReactElement | null {
  const me = useMe();
  return me.data ? <Seated agreement={agreement} account={me.data.id} /> : null;
}

function Seated({ agreement, account }: { agreement: Agreement; account: string }): ReactElement {
  const mayJoin = agreement.me.may.includes("join_table");
  return mayJoin ? <LivePage agreement={agreement} account={account} /> : <WatchingPage agreement={agreement} />;
}

function LivePage({ agreement, account }: { agreement: Agreement; account: string }): ReactElement {
  const table = useLiveTable(agreement, account);
  const room = useTableRoom(agreement, table);
  useLedgerTail(agreement.id, table);
  return (
    <RoomContext value={room}>
      <Frame>{table ? <PageEditor table={table} /> : <Waiting />}</Frame>
      <LiveNews />
    </RoomContext>
  );
}

/** Those who may not write read along: the same page, as the service last told it. */
function WatchingPage({ agreement }: { agreement: Agreement }): ReactElement {
  const room = useTableRoom(agreement, null);
  useLedgerTail(agreement.id, null);
  return (
    <RoomContext value={room}>
      <Frame>
        <ReadOnlyPage />
      </Frame>
    </RoomContext>
  );
}

function Frame({ children }: { children: ReactElement }): ReactElement {
  const t = useMessages();
  const { agreement, table, view } = useRoom();
  const [isOutlineOpen, setIsOutlineOpen] = useState(false);
  const isNarrow = useIsNarrow();
  useTitle(agreement.title);
  useArrival();

  useEffect(() => {
    document.body.dataset["view"] = view;
    return () => {
      delete document.body.dataset["view"];
    };
  }, [view]);

  return (
    <>
      <a className="skip" href="#content">
        {t.app.skip}
      </a>
      <TableHeader onOutline={() => { setIsOutlineOpen(true); }} />
      <div className="desk">
        <Outline isOpen={isOutlineOpen} onClose={() => { setIsOutlineOpen(false); }} />
        <main className="paper-page" id="content" tabIndex={-1} aria-label={t.table.page}>
          {!table && <p className="note observer-note">{t.table.observer}</p>}
          <NextStep />
          <FirstVisit />
          <h1 className="agreement-title">{agreement.title}</h1>
          {children}
        </main>
        {isNarrow ? <SuggestionSheet /> : <Margin />}
      </div>
      <Shortcuts />
    </>
  );
}
