/** The elements of articles and paragraphs. A paragraph keeps its element whatever becomes of its style. */

import type { Node } from "prosemirror-model";
import type { NodeView, ViewMutationRecord } from "prosemirror-view";

import { deletionsOf, insertionsOf, plain, proposedFormat, styleOf } from "../text/marks";
import { markOf } from "./changes";
import type { ArticleBinding, ArticleId, Closed } from "./types";

export class ParagraphView implements NodeView {
  readonly dom = document.createElement("p");
  readonly contentDOM = this.dom;

  constructor(private node: Node) {
    this.dress();
  }

  update(node: Node): boolean {
    if (node.type !== this.node.type) return false;
    const styled = node.attrs !== this.node.attrs || (node.content.size === 0) !== (this.node.content.size === 0);
    this.node = node;
    if (styled) this.dress();
    return true;
  }

  /** Numbers and classes are ours to set, beside ProseMirror's knowledge. */
  ignoreMutation(mutation: ViewMutationRecord): boolean {
    return mutation.type === "attributes" && mutation.target === this.dom;
  }

  private dress(): void {
    const mark = markOf(this.node);
    const { style, level } = styleOf(proposedFormat(mark));
    const agreed = styleOf(plain(mark));
    const names = ["paragraph", `style-${style}`, `level-${String(level)}`];
    if (agreed.style !== style || agreed.level !== level) names.push("restyled");
    if (insertionsOf(mark).length > 0) names.push("mark-inserted");
    if (deletionsOf(mark).length > 0) names.push("mark-struck");
    if (this.node.content.size === 0) names.push("empty");
    this.dom.className = names.join(" ");
    if (style === "heading") {
      this.dom.setAttribute("role", "heading");
      this.dom.setAttribute("aria-level", String(Math.min(6, level + 2)));
    } else {
      this.dom.removeAttribute("role");
      this.dom.removeAttribute("aria-level");
    }
  }
}

/** Paragraphs beyond which an article lays out only those near the screen, too. */
const LONG = 300;

/** What the heading of an article says; changed without touching the text. */
export type Heading = Pick<ArticleBinding, "title" | "standing" | "closed">;

export class ArticleView implements NodeView {
  readonly dom = document.createElement("section");
  readonly contentDOM = document.createElement("div");
  private readonly title = document.createElement("h2");
  private readonly standing = document.createElement("span");
  readonly id: ArticleId;

  constructor(
    node: Node,
    heading: Heading,
    private readonly gone: (view: ArticleView) => void,
  ) {
    this.id = (node.attrs as { id: ArticleId }).id;
    const header = document.createElement("header");
    header.contentEditable = "false";
    header.className = "article-heading";
    this.title.className = "article-title";
    this.standing.className = "article-standing";
    this.contentDOM.className = "article-body";
    header.append(this.title, this.standing);
    this.dom.append(header, this.contentDOM);
    this.dom.dataset["article"] = this.id;
    this.show(heading);
    this.update(node);
  }

  show({ title, standing, closed }: Heading): void {
    this.title.textContent = title;
    this.standing.textContent = standing ?? "";
    this.dom.className = "article";
    if (closed !== undefined && closed !== null) this.dom.classList.add("closed", `closed-${closed satisfies Closed}`);
    this.dom.setAttribute("aria-label", standing === undefined || standing === "" ? title : `${title}. ${standing}`);
  }

  update(node: Node): boolean {
    if (node.type.name !== "article" || (node.attrs as { id: ArticleId }).id !== this.id) return false;
    this.contentDOM.classList.toggle("long", node.childCount > LONG);
    return true;
  }

  ignoreMutation(mutation: ViewMutationRecord): boolean {
    return mutation.type !== "selection" && !this.contentDOM.contains(mutation.target);
  }

  destroy(): void {
    this.gone(this);
  }
}
