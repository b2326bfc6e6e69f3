/** English: what is said beside the text, at the table and within one's party. */
import { counter } from "../plural";

const count = counter("en");

export const threads = {
  title: "Comments",
  comment: "Comment",
  count: (n: number) => count(n, { one: "# comment", other: "# comments" }),
  onArticle: (title: string) => `On ${title}`,
  onText: "Comment on the selected words",
  about: (quote: string) => `About “${quote}”`,
  placeholder: "Write a comment. Type @ to name somebody.",
  replyPlaceholder: "Reply. Type @ to name somebody.",
  send: "Comment",
  reply: "Reply",
  edit: "Edit",
  save: "Save",
  edited: "edited",
  resolve: "Resolve",
  reopen: "Reopen",
  resolvedBy: (name: string) => `Resolved by ${name}`,
  withResolved: "Show what is resolved, too",
  audience: "Who reads it",
  table: { label: "Everyone at the table", hint: "On the record for both sides." },
  party: { label: (party: string) => `Only ${party}`, hint: "Nobody else will know that it is there." },
  private: (party: string) => `Only ${party} sees this`,
  mentions: "People to name",
  none: "No comments yet.",
  menu: "All comments",
  history: {
    opened: "began a conversation",
    replied: "replied in a conversation",
    edited: "put a comment otherwise",
    resolved: "resolved a conversation",
    reopened: "reopened a conversation",
  },
};
