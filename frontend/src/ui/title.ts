/** The window's title, with the service's name after it. */
import { useEffect } from "react";

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} – Parley` : "Parley";
  }, [title]);
}
