/** The two parties that tests bargain with. */

import type { PartyLook } from "../editor/types";
import { partyKey } from "../text/ids";

export const PARTIES: readonly PartyLook[] = [
  { key: partyKey("assoc"), name: "Association", shape: "circle", hue: 0 },
  { key: partyKey("district"), name: "District", shape: "square", hue: 1 },
];
