/** The icons, drawn here in one weight. Each is decoration: the words beside it carry the meaning. */
import type { ReactElement } from "react";

const PATHS = {
  scales: "M12 4v16M8 20h8M5 7h14M5 7l-2.500 6a2.700 2.700 0 0 0 5 0zM19 7l-2.500 6a2.700 2.700 0 0 0 5 0z",
  bell: "M6 17V11a6 6 0 0 1 12 0v6l1.500 2h-15zM10 21.500h4",
  back: "M15 5l-7 7 7 7",
  check: "M4 12.5l5 5L20 6.5",
  close: "M6 6l12 12M18 6L6 18",
  clock: "M12 7v5l3.2 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z",
  question: "M9.2 9.2a2.9 2.9 0 1 1 4 2.7c-.8.4-1.2 1-1.2 2v.3M12 17.4v.1M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z",
  outline: "M4 6h3M4 12h3M4 18h3M10 6h10M10 12h10M10 18h10",
  cards: "M4 5h16v10H10l-4 4v-4H4z",
  history: "M4 12a8 8 0 1 0 2.6-5.9M4 4v4h4M12 8v4l3 2",
  keyboard: "M3 7h18v11H3zM7 11h.1M11 11h.1M15 11h.1M8 15h8",
  more: "M6 12h.1M12 12h.1M18 12h.1",
  plot: "M4 20V4M4 20h16M8 16v-4M12 16V8M16 16v-6",
  plus: "M12 5v14M5 12h14",
  package: "M12 3l8 4.500v9L12 21l-8-4.500v-9zM4 7.500l8 4.500 8-4.500M12 12v9",
  copy: "M9 9h10v10H9zM5 15V5h10",
  lock: "M7 11V8a5 5 0 0 1 10 0v3M5 11h14v9H5z",
  seal: "M12 3l2.4 1.8 3-.1.8 2.9 2.4 1.8-1 2.8 1 2.8-2.4 1.8-.8 2.9-3-.1L12 21l-2.4-1.8-3 .1-.8-2.9L3.400 15l1-2.8-1-2.800 2.400-1.800.8-2.900 3 .1zM8.800 12.200l2.200 2.200 4.300-4.600",
  undo: "M9 14L4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3",
  redo: "M15 14l5-5-5-5M20 9H10a6 6 0 0 0 0 12h3",
  people: "M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20c.4-3.600 3-5.500 6.500-5.500s6.100 1.900 6.500 5.500M16 4.500a3.500 3.500 0 0 1 0 6.500M18 14.800c2.100.7 3.300 2.400 3.600 5.200",
  person: "M12 11.500a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20.500c.5-3.900 3.500-6 7.500-6s7 2.100 7.500 6",
  printer: "M7 9V4h10v5M7 17H4v-7h16v7h-3M7 14h10v6H7z",
  offline: "M3 3l18 18M8.500 16.500a5 5 0 0 1 7 0M5 13a10 10 0 0 1 4-2.400M2 9.500A15 15 0 0 1 6.500 6.600M10.500 5.100A15 15 0 0 1 22 9.500M12 20h.1",
  swap: "M7 4L3 8l4 4M3 8h14M17 12l4 4-4 4M21 16H7",
  warning: "M12 4l9.500 16h-19zM12 10v4M12 17h.1",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }): ReactElement {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === "more" ? 3 : 1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
