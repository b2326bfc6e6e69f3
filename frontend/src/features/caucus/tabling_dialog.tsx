/**
 * Bringing drafts to the table: choose them, see the page as the other side will see it, and table them in one act.
 * What is tabled is what was previewed: both name each draft by the hash of what the reader saw.
 */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";

import { useMessages } from "../../i18n/messages";
import { Dialog } from "../../ui/dialog";
import { toast } from "../../ui/toasts";
import { agreementKey } from "../agreements/queries";
import { useRoom } from "../articles/room";
import { suggestionsKey } from "../suggestions/queries";
import { type Draft, draftsKey } from "./drafts";
import { DraftPicker } from "./draft_picker";
import type { Picked } from "./picking";
import { preview, type Preview, table } from "./tabling";
import { TablingPreview } from "./tabling_preview";
import { TablingRefusal } from "./tabling_refusal";

type Seen = { drafts: readonly Draft[]; preview: Preview };

/** `first` is the draft whose card it was opened from. */
export function TablingDialog({ first, onClose }: { first?: string; onClose: () => void }): ReactElement {
  const t = useMessages();
  const { agreement, drafts } = useRoom();
  const queries = useQueryClient();
  const ready = drafts.filter(({ may }) => may.includes("table"));
  const [picked, setPicked] = useState<Picked>(() => new Set(first === undefined ? [] : [first]));
  const [reason, setReason] = useState("");
  const chosen = ready.filter(({ id }) => picked.has(id));

  const previewing = useMutation({
    mutationFn: async (seen: readonly Draft[]): Promise<Seen> => ({ drafts: seen, preview: await preview(agreement.id, seen) }),
  });
  const finish = useFinish(onClose);
  const tabling = useMutation({
    mutationFn: ({ drafts: seen }: Seen) => table(agreement.id, seen, reason),
    onSuccess: ({ suggestions }) => { finish(suggestions.map(({ id }) => id)); },
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: draftsKey(agreement.id) });
      await queries.invalidateQueries({ queryKey: suggestionsKey(agreement.id) });
      await queries.invalidateQueries({ queryKey: agreementKey(agreement.id), exact: true });
    },
  });
  const again = (): void => {
    previewing.reset();
    tabling.reset();
    void queries.invalidateQueries({ queryKey: draftsKey(agreement.id) });
  };
  const error = tabling.error ?? previewing.error;
  const title = error ? t.caucus.refused.title : previewing.data ? t.caucus.preview.title : t.caucus.picking.title;
  return (
    <Dialog title={title} onClose={onClose} wide>
      {error ? (
        <TablingRefusal error={error} onAgain={again} />
      ) : previewing.data ? (
        <TablingPreview
          preview={previewing.data.preview}
          reason={reason}
          setReason={setReason}
          isSending={tabling.isPending}
          onBack={again}
          onTable={() => { tabling.mutate(previewing.data); }}
        />
      ) : (
        <DraftPicker drafts={ready} picked={picked} setPicked={setPicked} isWaiting={previewing.isPending} onPreview={() => { previewing.mutate(chosen); }} />
      )}
    </Dialog>
  );
}

/** After the act: to the table, with what was tabled lit. */
function useFinish(onClose: () => void): (ids: string[]) => void {
  const t = useMessages();
  const { setLayer, showNews } = useRoom();
  return (ids) => {
    onClose();
    toast(t.caucus.tabled(ids.length));
    showNews(ids);
    setLayer("table");
  };
}
