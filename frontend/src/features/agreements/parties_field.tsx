/** Naming the sides at the table. */
import type { ReactElement } from "react";

import { useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { PartyShape } from "../../ui/party_mark";
import type { PartyDraft } from "./founding";

const MOST = 6;

type Props = { parties: PartyDraft[]; wrong: boolean; onChange: (parties: PartyDraft[]) => void };

export function PartiesField({ parties, wrong, onChange }: Props): ReactElement {
  const t = useMessages();
  const { form } = t.agreements;
  const change = (id: number, part: Partial<PartyDraft>): void => {
    onChange(parties.map((party) => (party.id === id ? { ...party, ...part } : party)));
  };
  const add = (): void => {
    onChange([...parties, { id: Math.max(...parties.map(({ id }) => id)) + 1, name: "", signatory: false }]);
  };
  return (
    <fieldset className="field">
      <legend>{form.parties}</legend>
      <p className="hint">{form.partiesHint}</p>
      <div className="party-rows">
        {parties.map(({ id, name, signatory }, index) => (
          <div className="party-row" key={id}>
            <PartyShape index={index} />
            <input
              className="input"
              aria-label={form.party(index + 1)}
              placeholder={form.party(index + 1)}
              value={name}
              maxLength={200}
              aria-invalid={wrong && !name.trim() ? true : undefined}
              onChange={(event) => {
                change(id, { name: event.target.value });
              }}
            />
            <label>
              <input
                type="checkbox"
                checked={signatory}
                onChange={(event) => {
                  change(id, { signatory: event.target.checked });
                }}
              />
              {form.signatory}
            </label>
            <button
              type="button"
              className="button quiet small"
              aria-label={form.removeParty(name || form.party(index + 1))}
              disabled={parties.length <= 2}
              onClick={() => {
                onChange(parties.filter((party) => party.id !== id));
              }}
            >
              <Icon name="close" size={16} />
            </button>
          </div>
        ))}
      </div>
      {wrong && (
        <p className="wrong" role="alert">
          {form.twoSides}
        </p>
      )}
      <div>
        <button type="button" className="button quiet small" disabled={parties.length >= MOST} onClick={add}>
          <Icon name="plus" size={16} />
          {form.addParty}
        </button>
      </div>
    </fieldset>
  );
}
