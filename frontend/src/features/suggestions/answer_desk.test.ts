import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { Problem } from "../../api/problems";
import type { Suggestion } from "../../api/types";
import { AnswerDesk, type Deed, TAKE_BACK_MS } from "./answer_desk";

const SEEN = { id: "s1", content_hash: "aa", after: "four" } as Suggestion;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function desk(answer: (deed: Deed) => Promise<Suggestion> = () => Promise.resolve({ ...SEEN, status: "accepted" })) {
  const sent: Deed[] = [];
  const done: Deed[] = [];
  const made = new AnswerDesk((_suggestion, deed) => {
    sent.push(deed);
    return answer(deed);
  });
  made.listen(({ deed }) => done.push(deed));
  return { desk: made, sent, done };
}

test("an acceptance is sent after five seconds, not before", async () => {
  const { desk: answers, sent, done } = desk();

  answers.answer(SEEN, "accept");
  await vi.advanceTimersByTimeAsync(TAKE_BACK_MS - 1);
  expect(sent).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);

  expect(sent).toEqual(["accept"]);
  expect(done).toEqual(["accept"]);
  expect(answers.answers.get().size).toBe(0);
});

test("an answer taken back is never sent", async () => {
  const { desk: answers, sent } = desk();

  answers.answer(SEEN, "reject");
  expect(answers.takeBack("s1")).toBe(true);
  await vi.advanceTimersByTimeAsync(TAKE_BACK_MS * 2);

  expect(sent).toEqual([]);
  expect(answers.takeBack("s1")).toBe(false);
});

test("a question holds nothing up and goes at once", async () => {
  const { desk: answers, sent } = desk();

  answers.answer(SEEN, "question", "How many?");
  await vi.advanceTimersByTimeAsync(0);

  expect(sent).toEqual(["question"]);
});

test("a stale refusal stays, with the text as it stands now", async () => {
  const current = { ...SEEN, content_hash: "bb", after: "five" };
  const { desk: answers, done } = desk(() => Promise.reject(new Problem(409, "stale_suggestion", "Moved.", { current })));

  answers.answer(SEEN, "accept");
  await vi.advanceTimersByTimeAsync(TAKE_BACK_MS);

  expect(answers.answers.get().get("s1")).toEqual({ kind: "stale", deed: "accept", current });
  expect(done).toEqual([]);
  answers.dismiss("s1");
  expect(answers.answers.get().size).toBe(0);
});

test("leaving the page sends what waits", async () => {
  const { desk: answers, sent } = desk();

  answers.answer(SEEN, "accept");
  answers.clear();
  await vi.advanceTimersByTimeAsync(0);

  expect(sent).toEqual(["accept"]);
});
