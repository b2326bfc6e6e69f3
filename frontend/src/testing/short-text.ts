/** A few articles with every kind of suggestion by two parties: what one looks at to judge the page. */

import type { Run } from "../text/runs";
import { del, ins, run } from "./builders";

const item = { style: "numbered" };
const inner = { style: "numbered", level: 2 };

export function shortTexts(): { title: string; runs: Run[] }[] {
  return [
    { title: "Article 7 — Hours of work", runs: hours() },
    { title: "Article 9 — Salary", runs: salary() },
    {
      title: "Article 12 — Leaves",
      runs: [
        run("Each teacher shall be granted ten days of sick leave a year, which accrue without limit."), run("\n", item),
        run("Personal necessity leave may be taken from these days without giving a reason."), run("\n", item),
      ],
    },
  ];
}

function hours(): Run[] {
  return [
    run("The workday is seven hours, including a "), del("thirty", "mine1"), ins("forty-five", "mine1"),
    run("-minute duty-free lunch. Teachers are not required to be on site before or after these hours, except for meetings as provided in this article."),
    run("\n", item),
    run("Meetings are limited to "), del("two", "d1", "district"), ins("four", "d1", "district"), run(" each month. "),
    run("Attendance "), run("shall", { "fmt:assoc": { id: "mine2", set: { bold: true } } }),
    run(" be required only where the agenda was given two school days before."), run("\n", item),
    ins("No meeting shall begin later than 3:45 p.m.", "mine3"), run("\n", { ...item, ins: { id: "mine3", party: "assoc" } }),
    run("Elementary teachers receive preparation time as follows:"), run("\n", item),
    run("grades K–3: six periods of thirty minutes each week;"), run("\n", inner),
    run("grades 4–6: "), ins("not less than ", "d2", "district"), ins("seven ", "d2", "district", { "del:assoc": { id: "mine4" } }),
    ins("eight ", "mine4"), run("periods of thirty minutes each week."), run("\n", inner),
    del("The principal may assign supervision before school in an emergency.", "d3", "district"),
    run("\n", { ...item, "del:district": { id: "d3" } }),
    run("The calendar committee meets before 1 March."), run("\n", { "del:assoc": { id: "mine5" } }),
    run("Its recommendation binds neither party."), run("\n", {}),
  ];
}

function salary(): Run[] {
  return [
    run("Schedule"), run("\n", { style: "heading" }),
    run("The salary schedule is increased by "), del("3.1", "d4", "district"), ins("2.4", "d4", "district"), run(" percent "),
    run("on 1 July 2026", { italic: true }), run("."), run("\n", item),
    run("A teacher who completes "), run("fifteen semester units", { bold: true }), run(" moves one column to the right."), run("\n", item),
    run("Stipends are paid for:"), run("\n"),
    run("department chairs;"), run("\n", { style: "bulleted" }),
    run("mentor teachers"), ins(" and induction coaches", "mine6"), run(";"), run("\n", { style: "bulleted" }),
    run("coaches, by the schedule in "), run("Appendix B", { link: "https://example.org/b" }), run("."), run("\n", { style: "bulleted" }),
    run("A hidden turn of direction \u202e is shown, and so is a\u200bzero-width space."), run("\n", { style: "quote" }),
  ];
}
