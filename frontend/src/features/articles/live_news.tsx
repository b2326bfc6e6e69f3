/** Tells what a live layer has to say: why something was corrected, and what became of work done offline. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useLocation } from "wouter";

import { type Messages, useMessages } from "../../i18n/messages";
import type { LayerEvent, LiveLayer, Notice } from "../../sync";
import { toast } from "../../ui/toasts";
import { ME } from "../accounts/me";
import { agreementKey } from "../agreements/queries";
import { useRoom } from "./room";

function explained(t: Messages, { code, detail }: Notice): string {
  return t.table.notices[code] ?? t.caucus.notices[code] ?? detail;
}

function tell(t: Messages, event: LayerEvent): void {
  const { saving } = t.table;
  switch (event.kind) {
    case "notice":
      toast(explained(t, event.notice));
      break;
    case "returned": {
      const details = [...new Set(event.notices.map((notice) => explained(t, notice)))];
      if (details.length > 0) toast(saving.backCorrected(event.notices.length), { details });
      else toast(event.changes > 0 ? saving.back(event.changes) : saving.backEmpty);
      break;
    }
    case "restored":
      toast(saving.restored(event.changes));
      break;
    case "recorded":
    case "text":
      break;
  }
}

export function LiveNews({ live }: { live: LiveLayer | null }): null {
  const t = useMessages();
  const { agreement } = useRoom();
  const queries = useQueryClient();
  const [location, navigate] = useLocation();

  useEffect(() => live?.listen((event) => { tell(t, event); }), [live, t]);

  useEffect(
    () =>
      live?.connection.watch((connection) => {
        if (connection.kind !== "refused") return;
        void queries.invalidateQueries({ queryKey: agreementKey(agreement.id) });
        if (connection.because !== "unauthenticated") return;
        toast(t.accounts.ended);
        queries.setQueryData(ME, null);
        navigate(`/login?next=${encodeURIComponent(location)}`);
      }),
    [live, agreement.id, queries, t, location, navigate],
  );
  return null;
}
