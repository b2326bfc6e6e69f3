/** English: a party's caucus, and bringing drafts from it to the table. */
import { counter } from "../plural";

const count = counter("en");
const drafts = (n: number): string => count(n, { one: "# draft", other: "# drafts" });
/** “the Association”, and “The Hague Teachers” as it stands. */
const the = (party: string): string => (/^the /i.test(party) ? party : `the ${party}`);

export const caucus = {
  layers: "Where you write",
  table: "At the table",
  tableHint: "everyone sees this",
  caucus: "In caucus",
  caucusHint: (party: string) => `only ${the(party)}`,
  shortcut: "Change with L, or Ctrl or ⌘ and the full stop",
  band: (party: string) => `Caucus of ${the(party)}.`,
  nobodyElse: "Nobody else sees this.",
  backAtTable: "You are at the table. Everyone sees what you write.",
  toTable: "Back to the table",
  tabTitle: (title: string) => `🔒 Caucus · ${title}`,
  present: "In caucus now",
  firstVisit:
    "Type anywhere, also over what lies on the table: what you write here is a draft that your own party sees and nobody else. It reaches the other side when somebody tables it.",
  renewed: "The caucus was opened afresh, because something this page sent could not stand in it. Saved drafts are safe.",
  title: "Drafts",
  drafts,
  onTheTable: (n: number) => count(n, { one: "# suggestion on the table", other: "# suggestions on the table" }),
  atTheTable: "On the table",
  none: {
    title: "No drafts",
    body: "Click into the text and type. Your party sees it at once, the other side not at all.",
    readBody: "Your party has drafted nothing yet.",
  },
  draft: "Draft",
  tableOne: "Table…",
  tableMany: (n: number) => `Table ${drafts(n)}…`,
  tableSome: "Table drafts…",
  mayNotTable: "Your party’s lead brings drafts to the table.",
  discard: "Discard",
  discardTitle: "Discard this draft?",
  discardBody: "It goes from the caucus for your whole party. The other side never learns of it.",
  discarded: (sentence: string) => `Discarded: ${sentence}`,
  reasonTitle: "A reason for this draft",
  reasonHint: "For your party alone: it stays in caucus when the draft is tabled.",
  picking: {
    title: "Bring drafts to the table",
    intro: "Choose what to table. Everything else stays in caucus.",
    all: "All drafts",
    article: (title: string) => `All of ${title}`,
    chosen: (n: number, all: number) => `${String(n)} of ${String(all)} chosen`,
    preview: "Preview as the other side will see it",
    previewing: "Setting the page…",
  },
  preview: {
    title: "What the other side will see",
    intro: "This is the page as it will stand on the table, set by the service from these drafts and nothing else.",
    legend: "What is lit is what you table.",
    cards: "The cards beside it",
    reason: "Reason",
    reasonHint: "Both sides read it with every one of these suggestions. It stays on the record.",
    change: "Change the choice",
    table: (n: number) => count(n, { one: "Table # draft", other: "Table # drafts" }),
    untouched: "… untouched text …",
  },
  tabled: (n: number) => count(n, { one: "Tabled. Everyone sees it now.", other: "# drafts tabled. Everyone sees them now." }),
  justTabled: "Just tabled",
  refused: {
    title: "Nothing was tabled",
    stale_suggestion: (n: number) =>
      n > 0
        ? count(n, {
            one: "A draft has changed since you saw it, so nothing was tabled. This is how it stands now:",
            other: "# drafts have changed since you saw them, so nothing was tabled. This is how they stand now:",
          })
        : "What a draft stood in has been rewritten at the table, so that nothing of it is left. Nothing was tabled.",
    already_resolved: "A colleague has tabled or discarded a draft among them meanwhile. Nothing was tabled.",
    article_closed: "An article among them is under tentative agreement and closed to changes. Nothing was tabled; leave its drafts out, or reopen the article first.",
    not_found: "A draft among them is gone. Nothing was tabled.",
    not_lead: "Under the ground rules only a lead brings drafts to the table. Nothing was tabled.",
    look: "Look again",
  },
  recall: {
    act: "Take back into caucus",
    title: "Take back into caucus",
    body: "It is withdrawn at the table, which everyone sees and the record keeps. Its text goes on as a draft of your party.",
    reason: "Reason",
    reasonHint: "Optional; both sides read it.",
    send: "Take back",
    done: (sentence: string) => `Taken back into caucus: ${sentence}`,
    look: "To the caucus",
  },
  retention: {
    open: "How long it is kept…",
    title: "How long the caucus is kept",
    intro: (party: string) => `Drafts and private notes of ${the(party)}, and every earlier form of them. What was tabled is on the record and stays.`,
    keep: {
      forever: "Keep everything",
      until_signature: "Destroy it when the agreement is signed",
      until: "Destroy it on a date",
    },
    date: "Date",
    dateHint: "From the beginning of that day.",
    hold: "Legal hold",
    holdHint: "While it is on, nothing is destroyed, whatever is chosen above.",
    warning: "What is destroyed can’t be brought back, not by anybody.",
    save: "Save",
    saved: "Saved. Only your party knows.",
    changed: (name: string, when: string) => `Last changed by ${name}, ${when}.`,
    destroyed: (when: string) => `The caucus as it was until then was destroyed ${when}.`,
  },
  notices: {
    made_draft: "What was typed here became a draft; the table’s own text stands.",
    table_restored: "The table’s own text can’t be changed in caucus. It stands as it was.",
  } as Record<string, string | undefined>,
  keys: { layer: "Change between table and caucus" },
};
