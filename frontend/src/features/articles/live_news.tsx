/** Tells what the live table has to say: why something was corrected, and what became of work done offline. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useLocation } from "wouter";

import { type Messages, useMessages } from "../../i18n/messages";
import type { Notice, TableEvent } from "../../sync";
import { toast } from "../../ui/toasts";
import { ME } from "../accounts/me";
import { agreementKey } from "../agreements/queries";
import { useRoom } from "./room";

function explained(t: Messages, { code, detail }: Notice): string {
  return t.table.notices[code] ?? detail;
}

function tell(t: Messages, event: TableEvent): void {
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

export function LiveNews(): null {
  const t = useMessages();
  const { agreement, table } = useRoom();
  const queries = useQueryClient();
  const [location, navigate] = useLocation();

  useEffect(() => table?.listen((event) => { tell(t, event); }), [table, t]);

  useEffect(
    () =>
      table?.connection.watch((connection) => {
        if (connection.kind !== "refused") return;
        void queries.invalidateQueries({ queryKey: agreementKey(agreement.id) });
        if (connection.because !== "unauthenticated") return;
        toast(t.accounts.ended);
        queries.setQueryData(ME, null);
        navigate(`/login?next=${encodeURIComponent(location)}`);
      }),
    [table, agreement.id, queries, t, location, navigate],
  );
  return null;
}
