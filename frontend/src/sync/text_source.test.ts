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
  const undo = new TypingUndo(doc, articles, "table");
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
  const undo = new TypingUndo(doc, articles, "table");
  source.apply([{ insert: "Only ", attributes: INSERTED }]);
  const service = new Doc();
  applyUpdate(service, encodeStateAsUpdate(doc));

  service.getMap<Text>("articles").get("a1")?.format(0, 5, { ins: null });
  applyUpdate(doc, encodeStateAsUpdate(service));

  expect(undo.undo()).toBe(false);
  expect(text.toJSON()).toBe("Only Two meetings.\n");
});

const DRAFTED = { "draft:ins": { id: "d1", party: "union" } };

test("in a caucus an enactment at the table leaves one's drafts to be undone", () => {
  const { doc, articles, text, source } = table();
  const undo = new TypingUndo(doc, articles, "caucus");
  text.insert(0, "Now ", INSERTED);
  source.apply([{ retain: 4 }, { insert: "Only ", attributes: DRAFTED }]);
  const service = new Doc();
  applyUpdate(service, encodeStateAsUpdate(doc));

  service.getMap<Text>("articles").get("a1")?.format(0, 4, { ins: null });
  applyUpdate(doc, encodeStateAsUpdate(service));

  expect(undo.undo()).toBe(true);
  expect(text.toJSON()).toBe("Now Two meetings.\n");
});

test("what was tabled or discarded does not come back by undoing", () => {
  const { doc, articles, text, source } = table();
  const undo = new TypingUndo(doc, articles, "caucus");
  source.apply([{ insert: "Only not ", attributes: DRAFTED }]);
  undo.seal();
  source.apply([{ retain: 4 }, { delete: 4 }]);
  const service = new Doc();
  applyUpdate(service, encodeStateAsUpdate(doc));

  service.getMap<Text>("articles").get("a1")?.delete(0, 5);
  applyUpdate(doc, encodeStateAsUpdate(service));

  expect(undo.undo()).toBe(false);
  expect(text.toJSON()).toBe("Two meetings.\n");
});

test("a draft's id counts among what an edit touched", () => {
  const { source, touched } = table();

  source.apply([{ retain: 3, attributes: { "draft:del": { id: "d2" } } }, { insert: "Four", attributes: DRAFTED }]);

  expect(touched).toEqual(["d2", "d1"]);
});
