/** Reading a watched value in React. */
import { useSyncExternalStore } from "react";

type Watchable<T> = { get: () => T; watch: (listener: (value: T) => void) => () => void };

export function useWatched<T>(watched: Watchable<T>): T {
  return useSyncExternalStore(watched.watch, watched.get);
}
