/** Something is on its way. It stays blank for a moment, so that quick answers do not flicker. */
import { type ReactElement, useEffect, useState } from "react";

import { useMessages } from "../i18n/messages";

const BLANK_FOR_MS = 250;

export function Waiting(): ReactElement | null {
  const t = useMessages();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setShown(true);
    }, BLANK_FOR_MS);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  return shown ? (
    <p className="waiting" role="status">
      {t.app.loading}
    </p>
  ) : null;
}
