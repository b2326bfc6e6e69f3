/** The English catalog: every sentence the page speaks. Other languages have the same shape. */
import { accounts } from "./accounts";
import { agreements } from "./agreements";
import { app } from "./app";
import { articles } from "./articles";
import { caucus } from "./caucus";
import { mediation } from "./mediation";
import { notices } from "./notices";
import { packages } from "./packages";
import { record } from "./record";
import { sessions } from "./sessions";
import { standing } from "./standing";
import { suggestions } from "./suggestions";
import { table } from "./table";
import { threads } from "./threads";

export const en = { app, accounts, agreements, articles, packages, caucus, table, suggestions, standing, record, threads, sessions, notices, mediation };

export type Messages = typeof en;
