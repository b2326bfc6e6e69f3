/** What the service refused, as it said it (RFC 9457), or that it could not be reached. */

export class Problem extends Error {
  constructor(
    /** The HTTP status; 0 where no answer came. */
    readonly status: number,
    /** The stable name of the refusal, such as `stale_suggestion`; `unreachable` where no answer came. */
    readonly code: string,
    /** A sentence in English, for codes that the catalog does not know. */
    readonly detail: string,
    /** What the refusal carries beside its name, such as `current`. */
    readonly fields: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail);
    this.name = "Problem";
  }
}

export function isProblem(error: unknown, code?: string): error is Problem {
  return error instanceof Problem && (code === undefined || error.code === code);
}

/** Read a refusal from its body; anything else than problem+json is our own fault and called `unknown`. */
export async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null);
  if (typeof body !== "object" || body === null) return new Problem(response.status, "unknown", response.statusText);

  const { code, detail, ...fields } = body as Record<string, unknown>;
  return new Problem(
    response.status,
    typeof code === "string" ? code : "unknown",
    typeof detail === "string" ? detail : response.statusText,
    fields,
  );
}
