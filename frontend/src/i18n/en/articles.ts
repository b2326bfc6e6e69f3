/** English: articles as units. */
import { counter } from "../plural";

const count = counter("en");

const dialog = {
  titleLabel: "Title",
  renumberHint: "A title keeps its number unless you change it here.",
  placeLabel: "Place",
  first: "First, before every other article",
  after: (title: string) => `After “${title}”`,
  textLabel: "Starting text",
  textHint: "You may leave it empty and write on the page. A line that begins with a hyphen is a list item.",
  add: {
    title: "Suggest a new article",
    body: "The article stands on the page as proposed. It becomes part of the agreement when every other signing party accepts it.",
    send: "Suggest it",
    done: "The article is proposed.",
  },
  move: {
    title: (title: string) => `Move “${title}”`,
    body: "The article stays where it is until the other side accepts the new place.",
    send: "Suggest the move",
    done: "The move is suggested.",
  },
  retitle: {
    title: (title: string) => `Another title for “${title}”`,
    body: "The title stands until the other side accepts the new one.",
    send: "Suggest the title",
    done: "The title is suggested.",
  },
  strike: {
    title: (title: string) => `Strike “${title}”`,
    body: "The whole article leaves the agreement when the other side accepts. Whatever is pending in it then goes with it. Its history stays.",
    send: "Suggest to strike it",
    done: "Striking the article is suggested.",
  },
};

export const articles = {
  proposedBy: (party: string) => `Proposed · ${party}`,
  struck: (n: number) => count(n, { one: "# article struck", other: "# articles struck" }),
  struckTitle: (title: string) => `${title}, struck`,
  acts: {
    of: (title: string) => `Acts for “${title}”`,
    add: "Suggest an article…",
    addAfter: "New article after it…",
    move: "Move…",
    retitle: "Change its title…",
    strike: "Strike…",
  },
  sentence: {
    add: {
      first: (title: string) => `Add “${title}” as the first article`,
      after: (title: string, after: string) => `Add “${title}” after “${after}”`,
    },
    move: {
      first: (title: string) => `Move “${title}” to the first place`,
      after: (title: string, after: string) => `Move “${title}” after “${after}”`,
      renamed: (moved: string, title: string) => `${moved} and call it “${title}”`,
    },
    retitle: (title: string, now: string) => `Change the title “${title}” to “${now}”`,
    strike: (title: string) => `Strike “${title}”`,
  },
  history: {
    added: (title: string) => `Article added: ${title}`,
    moved: (title: string) => `Article moved: ${title}`,
    retitled: (was: string, title: string) => `“${was}” is now “${title}”`,
    struck: (title: string) => `Article struck: ${title}`,
  },
  dialog,
};
