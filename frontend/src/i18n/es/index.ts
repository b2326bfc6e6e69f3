/** The Spanish catalog, fetched when it is chosen. */
import type { Messages } from "../en";
import { accounts } from "./accounts";
import { agreements } from "./agreements";
import { app } from "./app";
import { caucus } from "./caucus";
import { record } from "./record";
import { suggestions } from "./suggestions";
import { table } from "./table";

export const es: Messages = { app, accounts, agreements, caucus, table, suggestions, record };
