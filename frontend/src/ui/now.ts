/** The present moment, moving on every half minute, so that “2 minutes ago” stays true. */
import { Watched } from "../sync/watched";
import { useWatched } from "./watch";

const EVERY_MS = 30_000;

const moment = new Watched(Date.now());
let watchers = 0;
let timer: ReturnType<typeof setInterval> | null = null;

const clock = {
  get: moment.get,
  watch: (listener: (now: number) => void): (() => void) => {
    const stop = moment.watch(listener);
    watchers += 1;
    timer ??= setInterval(() => { moment.set(Date.now()); }, EVERY_MS);
    return () => {
      stop();
      watchers -= 1;
      if (watchers > 0 || timer === null) return;
      clearInterval(timer);
      timer = null;
    };
  },
};

export function useNow(): number {
  return useWatched(clock);
}
