/** Typed identifiers of the flat text: opaque strings that the compiler keeps apart. */

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type ArticleId = Branded<"ArticleId">;
export type SuggestionId = Branded<"SuggestionId">;
/** The party's key (a slug), as it stands in marks, records and the ledger. */
export type PartyKey = Branded<"PartyKey">;

export const articleId = (value: string): ArticleId => value as ArticleId;
export const suggestionId = (value: string): SuggestionId => value as SuggestionId;
export const partyKey = (value: string): PartyKey => value as PartyKey;

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

/** Mint an id nobody else holds: 120 random bits in the 64 characters the wire allows. */
export function mintSuggestionId(): SuggestionId {
  const bytes = crypto.getRandomValues(new Uint8Array(20));
  return suggestionId(Array.from(bytes, (byte) => ALPHABET[byte & 63]).join(""));
}
