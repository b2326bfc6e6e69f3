/** The truth about saving, always in sight. */
import { type ReactElement, useEffect, useState } from "react";

import { type Messages, useMessages } from "../../i18n/messages";
import type { LiveLayer, Saving } from "../../sync";
import { Icon, type IconName } from "../../ui/icons";
import { useWatched } from "../../ui/watch";

/** A save quicker than this is not worth a flicker. */
const FLICKER_MS = 400;

const SIGNS: Record<Saving["kind"], IconName> = { opening: "clock", saved: "check", saving: "clock", offline: "offline" };

function words(t: Messages, saving: Saving): { text: string; hint: string } {
  const { saving: say } = t.table;
  switch (saving.kind) {
    case "opening":
      return { text: say.opening, hint: "" };
    case "saved":
      return { text: say.saved, hint: say.savedHint };
    case "saving":
      return { text: say.saving, hint: say.savingHint };
    case "offline":
      return { text: saving.changes > 0 ? say.offlineWith(saving.changes) : say.offline, hint: say.offlineHint };
  }
}

/** Shows “Saving…” only once it has lasted a moment; every other state at once. */
function useCalm(saving: Saving): Saving {
  const [shown, setShown] = useState(saving);
  useEffect(() => {
    const timer = setTimeout(() => { setShown(saving); }, saving.kind === "saving" ? FLICKER_MS : 0);
    return () => { clearTimeout(timer); };
  }, [saving]);
  return shown;
}

export function SavingMark({ live }: { live: LiveLayer }): ReactElement {
  const t = useMessages();
  const saving = useCalm(useWatched(live.saving));
  const connection = useWatched(live.connection);
  const { text, hint } = words(t, saving);
  return (
    <div className={`saving saving-${saving.kind}`} title={hint} role="status">
      <Icon name={SIGNS[saving.kind]} size={16} />
      <span className="saving-text">{text}</span>
      {connection.kind === "waiting" && (
        <button type="button" className="button quiet small" onClick={live.retry}>
          {t.table.saving.tryNow}
        </button>
      )}
    </div>
  );
}
