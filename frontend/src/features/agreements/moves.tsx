/** Moves between parties that wait for the other side's yes, for the leads who may give or refuse it. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactElement } from "react";

import { api } from "../../api/client";
import type { Agreement, Move, Seated } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { problemText } from "../../ui/problem_text";
import { partyName } from "../articles/room";
import { agreementKey } from "./queries";

export function Moves({ agreement }: { agreement: Agreement }): ReactElement | null {
  const moves = useQuery({
    queryKey: [...agreementKey(agreement.id), "moves"],
    queryFn: async ({ signal }) => (await api.get<{ items: Move[] }>(`/agreements/${agreement.id}/moves`, undefined, signal)).items,
    enabled: agreement.me.may.includes("seat"),
  });
  if (!moves.data || moves.data.length === 0) return null;
  return (
    <ul className="stack">
      {moves.data.map((move) => (
        <WaitingMove key={move.member_id} agreement={agreement} move={move} />
      ))}
    </ul>
  );
}

function WaitingMove({ agreement, move }: { agreement: Agreement; move: Move }): ReactElement {
  const t = useMessages();
  const words = t.sessions.seats;
  const queries = useQueryClient();
  const path = `/agreements/${agreement.id}/members/${move.member_id}`;
  const onSettled = (): Promise<void> => queries.invalidateQueries({ queryKey: agreementKey(agreement.id) });
  const confirming = useMutation({ mutationFn: () => api.patch<Seated>(path, { party: move.party }), onSettled });
  const refusing = useMutation({ mutationFn: () => api.remove<undefined>(`${path}/move`), onSettled });
  const isOurs = move.proposed_by === agreement.me.party;
  const name = agreement.members.find(({ id }) => id === move.member_id)?.name ?? "";
  const error = confirming.error ?? refusing.error;
  return (
    <li className="note">
      <p>
        <strong>{name}</strong> {words.moving(partyName(agreement, move.party))}
      </p>
      <div className="row">
        {!isOurs && (
          <button type="button" className="button small primary" disabled={confirming.isPending} onClick={() => { confirming.mutate(); }}>
            {words.confirmMove}
          </button>
        )}
        <button type="button" className="button small" disabled={refusing.isPending} onClick={() => { refusing.mutate(); }}>
          {isOurs ? words.takeBack : words.refuseMove}
        </button>
      </div>
      {error && <p className="note bad" role="alert">{problemText(t, error)}</p>}
    </li>
  );
}
