/** The English catalog: every sentence the page speaks. Other languages have the same shape. */
import { accounts } from "./accounts";
import { agreements } from "./agreements";
import { app } from "./app";
import { caucus } from "./caucus";
import { record } from "./record";
import { suggestions } from "./suggestions";
import { table } from "./table";

export const en = { app, accounts, agreements, caucus, table, suggestions, record };

export type Messages = typeof en;
