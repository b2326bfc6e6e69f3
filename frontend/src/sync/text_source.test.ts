import { expect, test } from "vitest";
import { applyUpdate, Doc, encodeStateAsUpdate, type Map as YMap, Text } from "yjs";

import type { Delta } from "../editor";
import { TypingUndo, YTextSource } from "./text_source";

const INSERTED = { ins: { id: "s1", party: "union" } };

function table(): { doc: Doc; articles: YMap<Text>; text: Text; source: YTextSource; touched: string[] } {
  const doc = new Doc();
  const articles = doc.getMap<Text>("articles");
  const text = new Text();
  articles.set("a1", text);
  text.insert(0, "Two meetings.\n");
  const touched: string[] = [];
  return { doc, articles, text, source: new YTextSource(doc, text, (ids) => touched.push(...ids)), touched };
}

test("a source reads the runs and hears its own edits as local", () => {
  const { source, touched } = table();
  const heard: [Delta, boolean][] = [];
  source.observe((delta, local) => heard.push([delta, local]));

  source.apply([{ retain: 3 }, { insert: " or four", attributes: INSERTED }]);

  expect(source.read()).toEqual([
    { text: "Two", attributes: {} },
    { text: " or four", attributes: INSERTED },
    { text: " meetings.\n", attributes: {} },
  ]);
  expect(heard).toEqual([[[{ retain: 3 }, { insert: " or four", attributes: INSERTED }], true]]);
  expect(touched).toEqual(["s1"]);
});

test("undo takes back this window's typing and nobody else's", () => {
  const { doc, articles, text, source } = table();
  const undo = new TypingUndo(doc, articles);
  const other = new Doc();
  applyUpdate(other, encodeStateAsUpdate(doc));

  source.apply([{ insert: "Only ", attributes: INSERTED }]);
  other.getMap<Text>("articles").get("a1")?.insert(13, " Monthly.");
  applyUpdate(doc, encodeStateAsUpdate(other));
  undo.undo();

  expect(text.toJSON()).toBe("Two meetings. Monthly.\n");
});

test("an enactment where one typed ends what can be undone", () => {
  const { doc, articles, text, source } = table();
  const undo = new TypingUndo(doc, articles);
  source.apply([{ insert: "Only ", attributes: INSERTED }]);
  const service = new Doc();
  applyUpdate(service, encodeStateAsUpdate(doc));

  service.getMap<Text>("articles").get("a1")?.format(0, 5, { ins: null });
  applyUpdate(doc, encodeStateAsUpdate(service));

  expect(undo.undo()).toBe(false);
  expect(text.toJSON()).toBe("Only Two meetings.\n");
});
