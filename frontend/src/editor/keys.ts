/** The keyboard. Every act of editing has a key; nothing the browser would do to the text by itself is left to it. */

import { baseKeymap } from "prosemirror-commands";
import { keydownHandler } from "prosemirror-keymap";
import type { Command } from "prosemirror-state";

import type { Binding } from "./binding";
import type { Composition } from "./composition";
import { deleteUnit } from "./deleting";
import { readSelection } from "./dom-selection";
import { toggleFormat } from "./formatting";
import { breakParagraph, setParagraphs, shiftLevel } from "./typing";

type Act = () => boolean;

export function keys(binding: Binding, composition: Composition): ReturnType<typeof keydownHandler> {
  const act = (run: Act): Command => () => {
    composition.finish();
    return run();
  };
  const always = (run: () => unknown): Command => act(() => {
    run();
    return true;
  });
  const bindings: Record<string, Command> = {
    Enter: always(() => breakParagraph(binding)),
    "Shift-Enter": always(() => breakParagraph(binding)),
    Backspace: act(() => deleteUnit(binding, "backward", "grapheme")),
    "Shift-Backspace": act(() => deleteUnit(binding, "backward", "grapheme")),
    Delete: act(() => deleteUnit(binding, "forward", "grapheme")),
    [MAC ? "Alt-Backspace" : "Ctrl-Backspace"]: act(() => deleteUnit(binding, "backward", "word")),
    [MAC ? "Alt-Delete" : "Ctrl-Delete"]: act(() => deleteUnit(binding, "forward", "word")),
    "Mod-z": always(() => { binding.revert("undo"); }),
    "Mod-Shift-z": always(() => { binding.revert("redo"); }),
    "Mod-y": always(() => { binding.revert("redo"); }),
    "Mod-b": always(() => toggleFormat(binding, "bold")),
    "Mod-i": always(() => toggleFormat(binding, "italic")),
    "Mod-u": always(() => toggleFormat(binding, "underline")),
    "Mod-Shift-x": always(() => toggleFormat(binding, "strike")),
    "Mod-e": always(() => toggleFormat(binding, "code")),
    // Outside a list, Tab goes on to what comes after the text, so nobody is caught in it.
    Tab: act(() => shiftLevel(binding, 1)),
    "Shift-Tab": act(() => shiftLevel(binding, -1)),
    "Mod-Shift-7": always(() => setParagraphs(binding, "numbered", 1)),
    "Mod-Shift-8": always(() => setParagraphs(binding, "bulleted", 1)),
    "Mod-Shift-9": always(() => setParagraphs(binding, "quote", 1)),
    "Mod-Alt-0": always(() => setParagraphs(binding, "paragraph", 1)),
  };
  if (MAC) {
    bindings["Ctrl-h"] = bindings["Backspace"] ?? always(() => undefined);
    bindings["Ctrl-d"] = bindings["Delete"] ?? always(() => undefined);
  }
  for (const level of [1, 2, 3, 4, 5, 6]) bindings[`Mod-Alt-${String(level)}`] = always(() => setParagraphs(binding, "heading", level));
  const selectAll = baseKeymap["Mod-a"];
  if (selectAll !== undefined) bindings["Mod-a"] = selectAll;
  const handle = keydownHandler(bindings);
  return (view, event) => {
    readSelection(view);
    return handle(view, event);
  };
}

const MAC = /Macintosh|iPhone|iPad/.test(navigator.userAgent);
