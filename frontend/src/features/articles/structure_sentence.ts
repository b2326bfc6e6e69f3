/** What a suggestion about an article as a whole says, in one sentence: “Add “Leaves” after “Hours””. */
import type { Structure } from "../../api/types";
import type { Messages } from "../../i18n/messages";

export function structureSentence({ articles }: Messages, structure: Structure): string {
  const { op, title, new_title: renamed, after } = structure;
  const { add, move, retitle, strike } = articles.sentence;
  switch (op) {
    case "add":
      return after ? add.after(title, after.title) : add.first(title);
    case "move": {
      const moved = after ? move.after(title, after.title) : move.first(title);
      return renamed ? move.renamed(moved, renamed) : moved;
    }
    case "retitle":
      return retitle(title, renamed ?? "");
    case "strike":
      return strike(title);
  }
}
