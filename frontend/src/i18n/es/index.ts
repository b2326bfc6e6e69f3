/** The Spanish catalog, fetched when it is chosen. */
import type { Messages } from "../en";
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

export const es: Messages = { app, accounts, agreements, articles, packages, caucus, table, suggestions, standing, record, threads, sessions, notices, mediation };
