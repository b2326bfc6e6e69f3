/** A refusal in the reader's language: what happened, what is safe, what to do next. */
import { isProblem } from "../api/problems";
import type { Messages } from "../i18n/messages";

export function problemText(messages: Messages, error: unknown): string {
  const { errors } = messages.app;
  if (!isProblem(error)) return errors.unknown;
  if (error.code === "unreachable") return errors.unreachable;
  if (error.code === "unauthenticated") return errors.unauthenticated;
  return errors.byCode[error.code] ?? (error.status === 422 ? errors.invalid : error.detail || errors.unknown);
}
