/** Keeping the live table open while its page is, and opening it anew when the service asks for a fresh start. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import type { Agreement } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { Table } from "../../sync";
import { toast } from "../../ui/toasts";
import { agreementKey } from "../agreements/queries";

/** A second fresh start within this time is not tried by itself: something keeps going wrong. */
const CALM_MS = 10_000;

export function useLiveTable({ id: agreement, me, members }: Agreement, account: string): Table | null {
  const t = useMessages();
  const queries = useQueryClient();
  const [opening, setOpening] = useState({ count: 0, at: 0 });
  const [table, setTable] = useState<Table | null>(null);

  useEffect(() => {
    const name = members.find(({ id }) => id === me.member_id)?.name ?? "";
    const live = new Table(agreement, account, { member: me.member_id, name, party: me.party, role: me.role });
    // The table is a socket held open by this very effect; the page shows it from here on.
    // eslint-disable-next-line react-hooks/set-state-in-effect
    setTable(live);
    const stop = live.connection.watch(({ kind }) => {
      if (kind !== "outdated") return;
      void queries.invalidateQueries({ queryKey: agreementKey(agreement) });
      if (Date.now() - opening.at < CALM_MS) {
        toast(t.table.saving.closed, { action: { label: t.app.broken.action, run: () => { window.location.reload(); } } });
        return;
      }
      toast(t.table.saving.renewed);
      setOpening({ count: opening.count + 1, at: Date.now() });
    });
    return () => {
      stop();
      live.leave();
      setTable(null);
    };
    // The catalog changes with the language, the members with whoever joins; neither must reopen the table.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [agreement, account, opening, queries]);

  return table;
}
