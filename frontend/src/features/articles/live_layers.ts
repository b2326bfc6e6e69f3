/** Keeping a live layer open while its page is, and opening it anew when the service asks for a fresh start. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import type { Agreement } from "../../api/types";
import type { Layer } from "../../editor";
import { type Messages, useMessages } from "../../i18n/messages";
import { LiveLayer } from "../../sync";
import { toast } from "../../ui/toasts";
import { agreementKey } from "../agreements/queries";

/** A second fresh start within this time is not tried by itself: something keeps going wrong. */
const CALM_MS = 10_000;

/** What became of the page's text and of what was written in it, when the service asked for a fresh start. */
function renewed(t: Messages, layer: Layer, unsaved: number): string {
  const { saving } = t.table;
  const what = layer === "caucus" ? t.caucus.renewed : saving.renewed;
  return unsaved > 0 ? `${what} ${saving.notTaken(unsaved)}` : what;
}

/** The table, or from the moment it is `wanted` the caucus; open for as long as the page is. */
export function useLiveLayer(layer: Layer, { id: agreement, me, members }: Agreement, account: string, isWanted: boolean): LiveLayer | null {
  const t = useMessages();
  const queries = useQueryClient();
  const [opening, setOpening] = useState({ count: 0, at: 0 });
  const [live, setLive] = useState<LiveLayer | null>(null);

  useEffect(() => {
    if (!isWanted) return undefined;
    const name = members.find(({ id }) => id === me.member_id)?.name ?? "";
    const opened = new LiveLayer(layer, agreement, account, { member: me.member_id, name, party: me.party, role: me.role });
    // The layer is a socket held open by this very effect; the page shows it from here on.
    // eslint-disable-next-line react-hooks/set-state-in-effect
    setLive(opened);
    const stop = opened.connection.watch(({ kind }) => {
      if (kind !== "outdated") return;
      void queries.invalidateQueries({ queryKey: agreementKey(agreement) });
      if (Date.now() - opening.at < CALM_MS) {
        toast(t.table.saving.closed, { action: { label: t.app.broken.action, run: () => { window.location.reload(); } } });
        return;
      }
      toast(renewed(t, layer, opened.unsaved));
      setOpening({ count: opening.count + 1, at: Date.now() });
    });
    return () => {
      stop();
      opened.leave();
      setLive(null);
    };
    // The catalog changes with the language, the members with whoever joins; neither must reopen the layer.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [layer, agreement, account, isWanted, opening, queries]);

  return live;
}
