/** The service's shapes by the nouns of the trade; what stands in them is generated from its own description. */
import type { components } from "./generated/schema";

type Schemas = components["schemas"];

export type Role = Schemas["Role"];
export type Stage = Schemas["Stage"];
export type Account = Schemas["AccountShape"];
export type Me = Schemas["Me"];
export type Party = Schemas["PartyShape"];
export type Article = Schemas["ArticleShape"];
export type AgreementSummary = Schemas["AgreementSummary"];
export type Agreement = Schemas["AgreementDetail"];
export type Paragraph = Schemas["ParagraphShape"];
export type PlainMarks = Schemas["RunShape"]["marks"];
export type ArticleText = Schemas["ArticleText"];
export type AgreementText = Schemas["TextShape"];
export type Invitation = Schemas["NewInvitation"];
export type InvitationPreview = Schemas["InvitationPreview"];
export type Suggestion = Schemas["SuggestionShape"];
export type Change = Schemas["ChangeShape"];
export type Answer = Schemas["Answer"];
export type Response = Schemas["ResponseShape"];
export type AnswerOutcome = Schemas["OutcomeShape"];
/** The description leaves open what stands in `member`: `{id, name}` as they were at the time. */
export type Entry = Omit<Schemas["EntryShape"], "member"> & { member: Schemas["PersonShape"] | null };
export type LedgerPage = Omit<Schemas["LedgerShape"], "items"> & { items: Entry[] };
export type FinalText = Schemas["FinalShape"];
export type ArticleInitials = Schemas["StandingShape"];
export type Signing = Schemas["SigningShape"];
