/** What the editor tells of the place where the caret stands. */
import type { EditorStatus } from "../../editor";
import { Watched } from "../../sync";
import { useWatched } from "../../ui/watch";

/** One editor is on the page at a time, so its status is one value beside the components. */
export const editorStatus = new Watched<EditorStatus | null>(null);

export function useStatus(): EditorStatus | null {
  return useWatched(editorStatus);
}
