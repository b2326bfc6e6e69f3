/** The English catalog: every sentence the page speaks. Other languages have the same shape. */
import { accounts } from "./accounts";
import { agreements } from "./agreements";
import { app } from "./app";
import { record } from "./record";
import { suggestions } from "./suggestions";
import { table } from "./table";

export const en = { app, accounts, agreements, table, suggestions, record };

export type Messages = typeof en;
