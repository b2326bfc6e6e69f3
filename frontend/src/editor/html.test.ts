import { describe, expect, test } from "vitest";

import { shorthand } from "../testing/builders";
import { styleOf } from "../text/marks";
import { blocksOfHtml, blocksOfText } from "./html";

const read = (html: string): string[] =>
  blocksOfHtml(html).map(({ runs, mark }) => {
    const { style, level } = styleOf(mark);
    return `${style === "paragraph" ? "" : `${style}${level === 1 ? "" : ` ${String(level)}`}: `}${shorthand(runs)}`;
  });

describe("rich text from elsewhere", () => {
  test("Google Docs: its wrapper is not bold, its lists keep their levels", () => {
    const html =
      '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><h2 dir="ltr"><span style="font-weight:400">Hours</span></h2>' +
      '<p><span style="font-weight:400;font-style:normal;text-decoration:none">A </span><span style="font-weight:700">bold</span><span style="font-style:italic"> word</span></p>' +
      '<ol><li dir="ltr" aria-level="1"><p role="presentation"><span>one</span></p></li><ul><li aria-level="2"><p><span>inner</span></p></li></ul></ol></b>';

    expect(read(html)).toEqual(["heading 2: Hours", "A {bold|bold}{ word|italic}", "numbered: one", "bulleted 2: inner"]);
  });

  test("Word: list signs it wrote as text are read and dropped, its spacing and tracked deletions too", () => {
    const html =
      "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><style>p.MsoNormal{margin:0}</style></head><body><!--StartFragment-->" +
      "<h1>Title<o:p></o:p></h1><p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>a.<span style='font:7.0pt'>&nbsp;&nbsp;</span></span><![endif]>First\r\nline <b>bold<o:p></o:p></b></p>" +
      "<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>·<span>&nbsp;</span></span>Dot <del>gone</del><ins>kept</ins></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><!--EndFragment--></body></html>";

    expect(read(html)).toEqual(["heading: Title", "numbered 2: First line {bold|bold}", "bulleted: Dot {kept|underline}"]);
  });

  test("a web page: scripts, images, ids and dangerous links are left behind", () => {
    const html =
      '<script>alert(1)</script><div id="x" onclick="y()">Read <a href="javascript:alert(1)">this</a> and <a href="https://example.org/">that</a><img src=x onerror=alert(1)></div>' +
      "<blockquote>Said</blockquote><pre>two\nlines</pre>one<br>two";

    expect(read(html)).toEqual(["Read this and {that|link=https://example.org/}", "quote: Said", "two", "lines", "one", "two"]);
  });

  test("a table's cells become paragraphs, in order", () => {
    expect(read("<table><tr><td>Step</td><td>1</td></tr><tr><td>Pay</td><td>$2</td></tr></table>")).toEqual(["Step", "1", "Pay", "$2"]);
  });

  test("a page nested without end comes to an end", () => {
    expect(() => blocksOfHtml("<div>".repeat(400) + "deep")).not.toThrow();
  });

  test("plain text: every line a paragraph, empty ones too, nothing a text may not hold", () => {
    expect(blocksOfText("a\r\n\r\nb\tc\u0007\n").map(({ runs }) => shorthand(runs))).toEqual(["a", "", "b c"]);
  });
});
