/** Who sits where, and inviting others with a link that works once. */
import { useMutation } from "@tanstack/react-query";
import { type SubmitEvent, type ReactElement, useId, useState } from "react";

import { api } from "../../api/client";
import type { Agreement, Invitation, Role } from "../../api/types";
import { onDay } from "../../i18n/moments";
import { useLocale, useMessages } from "../../i18n/messages";
import { copyText } from "../../ui/copy";
import { Dialog } from "../../ui/dialog";
import { given } from "../../ui/form_values";
import { Icon } from "../../ui/icons";
import { PartyName } from "../../ui/party_mark";
import { problemText } from "../../ui/problem_text";
import { announce } from "../../ui/toasts";
import { Moves } from "./moves";
import { SeatDialog } from "./seat_dialog";

export function PeopleList({ agreement }: { agreement: Agreement }): ReactElement {
  const t = useMessages();
  const [isInviting, setIsInviting] = useState(false);
  return (
    <>
      {agreement.parties.map(({ key, name }, index) => (
        <PartyPeople key={key} agreement={agreement} party={key} name={name} index={index} />
      ))}
      <Moves agreement={agreement} />
      {agreement.me.may.includes("invite") && (
        <button
          type="button"
          className="button"
          onClick={() => {
            setIsInviting(true);
          }}
        >
          <Icon name="plus" />
          {t.agreements.people.invite}
        </button>
      )}
      {isInviting && (
        <InviteDialog
          agreement={agreement}
          onClose={() => {
            setIsInviting(false);
          }}
        />
      )}
    </>
  );
}

type PartyPeopleProps = { agreement: Agreement; party: string; name: string; index: number };

function PartyPeople({ agreement, party, name, index }: PartyPeopleProps): ReactElement {
  const t = useMessages();
  const { people, roles } = t.agreements;
  const members = agreement.members.filter((member) => member.party === party);
  const [changing, setChanging] = useState<Agreement["members"][number] | null>(null);
  const mayChange = party === agreement.me.party && agreement.me.may.includes("seat");
  return (
    <div className="people-party">
      <strong>
        <PartyName index={index} name={name} />
      </strong>
      <ul>
        {members.length === 0 && <li className="soft">{people.nobody}</li>}
        {members.map((member) => (
          <li key={member.id}>
            {member.name}{" "}
            <span className="soft fine">
              {roles[member.role]}
              {member.id === agreement.me.member_id && `, ${people.you}`}
            </span>
            {mayChange && (
              <button type="button" className="button quiet small" aria-label={t.sessions.seats.change(member.name)} onClick={() => { setChanging(member); }}>
                {t.sessions.plan.changeIt}
              </button>
            )}
          </li>
        ))}
      </ul>
      {changing && <SeatDialog agreement={agreement} member={changing} onClose={() => { setChanging(null); }} />}
    </div>
  );
}

export function PeopleDialog({ agreement, onClose }: { agreement: Agreement; onClose: () => void }): ReactElement {
  const t = useMessages();
  return (
    <Dialog title={t.agreements.people.title} onClose={onClose}>
      <PeopleList agreement={agreement} />
    </Dialog>
  );
}

function InviteDialog({ agreement, onClose }: { agreement: Agreement; onClose: () => void }): ReactElement {
  const t = useMessages();
  const { people } = t.agreements;
  const inviting = useMutation({
    mutationFn: (wish: { party: string; role: Role; email?: string }) =>
      api.post<Invitation>(`/agreements/${agreement.id}/invitations`, wish),
  });
  return (
    <Dialog title={people.invite} onClose={onClose}>
      {inviting.data ? (
        <InvitationLink invitation={inviting.data} />
      ) : (
        <InviteForm
          agreement={agreement}
          busy={inviting.isPending}
          onInvite={(wish) => {
            inviting.mutate(wish);
          }}
        />
      )}
      {inviting.isError && (
        <p className="note bad" role="alert">
          {problemText(t, inviting.error)}
        </p>
      )}
    </Dialog>
  );
}

type InviteFormProps = {
  agreement: Agreement;
  busy: boolean;
  onInvite: (wish: { party: string; role: Role; email?: string }) => void;
};

function InviteForm({ agreement, busy, onInvite }: InviteFormProps): ReactElement {
  const t = useMessages();
  const { people, roles, roleHints } = t.agreements;
  const id = useId();
  const { status, parties, me } = agreement;
  const open = parties.filter(({ key, signatory }) => status === "preparing" || key === me.party || !signatory);
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const email = given(form, "email").trim();
    onInvite({ party: given(form, "party"), role: given(form, "role") as Role, ...(email && { email }) });
  };
  return (
    <form className="stack" onSubmit={submit}>
      <div className="field">
        <label htmlFor={`${id}-party`}>{people.inviteTo}</label>
        <select className="input" id={`${id}-party`} name="party" defaultValue={open.find(({ key }) => key !== me.party)?.key}>
          {open.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
        <p className="hint">{people.theirs}</p>
      </div>
      <div className="field">
        <label htmlFor={`${id}-role`}>{people.as}</label>
        <select className="input" id={`${id}-role`} name="role">
          {(["lead", "drafter", "observer"] as const).map((role) => (
            <option key={role} value={role}>
              {roles[role]}: {roleHints[role]}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor={`${id}-email`}>{people.email}</label>
        <input className="input" id={`${id}-email`} name="email" type="email" autoComplete="off" />
      </div>
      <div className="dialog-actions">
        <button type="submit" className="button primary" disabled={busy}>
          {people.make}
        </button>
      </div>
    </form>
  );
}

function InvitationLink({ invitation }: { invitation: Invitation }): ReactElement {
  const t = useMessages();
  const locale = useLocale();
  const { people } = t.agreements;
  const [isCopied, setIsCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await copyText(invitation.url);
    setIsCopied(true);
    announce(t.app.copied);
  };
  return (
    <div className="stack">
      <p>
        {people.link} {onDay(locale, invitation.expires_at)}.
      </p>
      <div className="link-out">
        <input
          className="input"
          readOnly
          aria-label={people.copyLink}
          value={invitation.url}
          onFocus={(event) => {
            event.target.select();
          }}
        />
        <button type="button" className="button primary" onClick={() => void copy()}>
          <Icon name={isCopied ? "check" : "copy"} />
          {isCopied ? t.app.copied : people.copyLink}
        </button>
      </div>
    </div>
  );
}
