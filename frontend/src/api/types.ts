/** The shapes that the service answers with, by the nouns of the trade. */

export type Role = "lead" | "drafter" | "observer";
export type Stage = "preparing" | "bargaining" | "signed";
export type Account = { id: string; name: string; email: string };
export type Me = Account;
export type Party = { id: string; key: string; name: string; signatory: boolean };
export type ArticleStanding = "status_quo" | "open" | "tentative";
export type Act = { member_id: string; content_hash: string; at: string };
export type Signature = Act & { name: string };
/** Keyed by party. */
export type ByParty<T> = Record<string, T | undefined>;
export type Article = {
  id: string;
  position: number;
  title: string;
  standing: ArticleStanding;
  content_hash: string;
  pending: Record<string, number>;
  initials: ByParty<Act>;
  reopening: string[];
};
export type Member = { id: string; name: string; party: string; role: Role };
export type May =
  | "read"
  | "join_table"
  | "invite"
  | "confirm"
  | "suggest"
  | "respond"
  | "withdraw"
  | "initial"
  | "reopen"
  | "sign";
export type MySeat = { member_id: string; party: string; role: Role; may: May[] };
export type AgreementSummary = {
  id: string;
  title: string;
  status: Stage;
  content_hash: string;
  created_at: string;
  parties: Party[];
  articles: Article[];
  pending: Record<string, number>;
  me: MySeat;
};
export type Agreement = AgreementSummary & {
  members: Member[];
  confirmations: ByParty<Act>;
  signatures: ByParty<Signature>;
};
export type PlainMarks = Record<string, unknown>;
export type Paragraph = { style: string; level: number; runs: { text: string; marks: PlainMarks }[] };
export type ArticleText = { id: string; title: string; paragraphs: Paragraph[] };
export type AgreementText = { content_hash: string; articles: ArticleText[] };
export type Invitation = { token: string; url: string; party: string; role: Role; expires_at: string };
export type InvitationPreview = { agreement_title: string; party: string; party_name: string; role: Role; invited_by: string };

export type SuggestionKind = "insertion" | "deletion" | "replacement" | "format";
export type SuggestionStatus = "pending" | "accepted" | "rejected" | "withdrawn";
export type Answer = "accept" | "reject" | "question";
export type Change = { kind: "insertion" | "deletion" | "format"; text: string; offset?: number; set?: Record<string, unknown> };
export type Response = {
  party: string;
  member: { id: string; name: string };
  kind: Answer;
  version: number;
  content_hash: string;
  reason: string | null;
  at: string;
};
export type Suggestion = {
  id: string;
  article_id: string;
  party: string;
  author: { id: string; name: string };
  kind: SuggestionKind;
  status: SuggestionStatus;
  version: number;
  content_hash: string;
  before: string;
  after: string;
  changes: Change[];
  reason: string | null;
  amends: string | null;
  created_at: string;
  responses: Response[];
  /** The parties that have yet to accept it as it stands. */
  awaiting: string[];
  may: ("accept" | "reject" | "question" | "withdraw" | "explain")[];
};
export type AnswerOutcome = { suggestion: string; status: SuggestionStatus | null; code: string | null; detail: string | null };
export type Entry = {
  seq: number;
  at: string;
  kind: string;
  party: string | null;
  member: { id: string; name: string } | null;
  payload: Record<string, unknown>;
  previous_hash: string;
  hash: string;
};
export type FinalText = {
  title: string;
  content_hash: string;
  articles: ArticleText[];
  signatures: { party: string; member: { id: string; name: string }; name: string; statement: string; content_hash: string; at: string }[];
};
