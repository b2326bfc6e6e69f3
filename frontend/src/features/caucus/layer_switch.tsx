/** At the table or in caucus. Who has no caucus reads which layer this is; the rest choose, by pointer or by key. */
import type { ReactElement } from "react";

import type { Layer } from "../../editor";
import { useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { partyName, useRoom } from "../articles/room";

export function LayerSwitch(): ReactElement {
  const t = useMessages();
  const { mayCaucus } = useRoom();
  if (mayCaucus) return <Switch />;
  return (
    <p className="layer">
      <span className="layer-name">{t.table.layer}</span>
      <span className="layer-hint wide-only">{t.table.layerHint}</span>
    </p>
  );
}

function Switch(): ReactElement {
  const t = useMessages();
  const { agreement } = useRoom();
  const words = t.caucus;
  return (
    <div className="layer-switch" role="radiogroup" aria-label={words.layers} title={words.shortcut}>
      <Choice layer="table" name={words.table} hint={words.tableHint} />
      <Choice layer="caucus" name={words.caucus} hint={words.caucusHint(partyName(agreement, agreement.me.party))} />
    </div>
  );
}

function Choice({ layer, name, hint }: { layer: Layer; name: string; hint: string }): ReactElement {
  const room = useRoom();
  const isChosen = room.layer === layer;
  return (
    <label className={isChosen ? "chosen" : ""}>
      <input type="radio" name="layer" value={layer} checked={isChosen} onChange={() => { room.setLayer(layer); }} />
      {layer === "caucus" && <Icon name="lock" size={14} />}
      <span className="layer-name">{name}</span>
      <span className="layer-hint wide-only">{hint}</span>
    </label>
  );
}
