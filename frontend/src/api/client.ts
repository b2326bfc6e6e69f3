/**
 * Calls to the service. The login cookie goes with each; a refusal is thrown as a `Problem`, never returned.
 * Unsafe calls carry an idempotency key, so that a retry after a lost answer does nothing twice.
 */
import { Problem, problemOf } from "./problems";

const BASE = "/api/v1";

type Query = Record<string, string | number | undefined>;
type Call = { body?: unknown; query?: Query; accept?: string; signal?: AbortSignal | undefined; keepalive?: boolean };

/** Random enough to name one call; `crypto.randomUUID` is missing on pages served without TLS. */
export function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function address(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  const search = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
  return BASE + path + (search && `?${search}`);
}

async function call(method: string, path: string, { body, query, accept, signal, keepalive = false }: Call): Promise<Response> {
  const headers = new Headers({ Accept: accept ?? "application/json" });
  if (body !== undefined) headers.set("Content-Type", "application/json");
  if (method === "POST") headers.set("Idempotency-Key", randomKey());

  let response: Response;
  try {
    response = await fetch(address(path, query), {
      method,
      headers,
      credentials: "same-origin",
      keepalive,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem(0, "unreachable", "The service could not be reached.");
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

async function json<T>(response: Response): Promise<T> {
  return (response.status === 204 ? undefined : await response.json()) as T;
}

export const api = {
  get: async <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> =>
    json<T>(await call("GET", path, { ...(query && { query }), signal })),
  post: async <T>(path: string, body?: unknown): Promise<T> => json<T>(await call("POST", path, { body })),
  /** A small call that is carried out even if the page closes right behind it. */
  postAndLeave: async <T>(path: string, body: unknown): Promise<T> => json<T>(await call("POST", path, { body, keepalive: true })),
  put: async <T>(path: string, body?: unknown): Promise<T> => json<T>(await call("PUT", path, { body })),
  patch: async <T>(path: string, body?: unknown): Promise<T> => json<T>(await call("PATCH", path, { body })),
  remove: async <T>(path: string): Promise<T> => json<T>(await call("DELETE", path, {})),
  /** A resource in another dress than JSON, for downloads. */
  fetchAs: async (path: string, accept: string): Promise<Blob> => (await call("GET", path, { accept })).blob(),
};

/** Every page of a list. */
export async function everyPage<T>(path: string, query: Query, signal?: AbortSignal): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.get<{ items: T[]; next: string | null }>(path, { ...query, limit: 200, cursor }, signal);
    items.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return items;
}
