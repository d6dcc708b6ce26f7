import type { z } from 'zod';
import { sessionHeaders } from '#renderer/data/session/session-here.ts';
import { apiErrorSchema, type ApiErrorKind } from '#shared/protocol/errors.ts';

/** The centre's answer, or the kind of error whose sentence the person reads. */
export type CentreAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: ApiErrorKind };

interface CentreRequest {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly body?: unknown;
  readonly timeoutMs?: number;
}

/** Asks the centre's API and checks what it says. Never throws for what the network does. */
export async function askCentre<T>(
  path: string,
  schema: z.ZodType<T>,
  { method = 'GET', body, timeoutMs = 20_000 }: CentreRequest = {},
): Promise<CentreAnswer<T>> {
  const own = sessionHeaders();
  const sent =
    body === undefined
      ? { headers: own }
      : { headers: { ...own, 'content-type': 'application/json' }, body: JSON.stringify(body) };
  try {
    const response = await fetch(path, { method, ...sent, signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) return { ok: false, error: await errorOf(response) };
    return { ok: true, value: schema.parse(await response.json()) };
  } catch {
    return { ok: false, error: 'unavailable' };
  }
}

/** Asks below one path, with one patience: as {@link askCentre}, the path given from there on. */
export const askBelow =
  (root: string, timeoutMs: number) =>
  <T>(path: string, schema: z.ZodType<T>, request: Omit<CentreRequest, 'timeoutMs'> = {}) =>
    askCentre(`${root}${path}`, schema, { timeoutMs, ...request });

/** The kind of the API's refusal; `unavailable` when the answer is not its own. */
export async function errorOf(response: Response): Promise<ApiErrorKind> {
  const read = apiErrorSchema.safeParse(await response.json().catch(() => null));
  return read.success ? read.data.error.kind : 'unavailable';
}
