import type { z } from 'zod';
import type { ApiErrorKind } from '#shared/protocol/errors.ts';
import { errorOf } from '#renderer/screens/import/import-api.ts';

/** What the centre said, or the kind of error whose sentence the person reads. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: ApiErrorKind };

interface Ask {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly body?: unknown;
  readonly timeoutMs?: number;
}

/** Asks the centre's API and checks what it says. Never throws for what the network does. */
export async function askCentre<T>(
  path: string,
  schema: z.ZodType<T>,
  { method = 'GET', body, timeoutMs = 20_000 }: Ask = {},
): Promise<Answer<T>> {
  const sent =
    body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  try {
    const response = await fetch(path, { method, ...sent, signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) return { ok: false, error: await errorOf(response) };
    return { ok: true, value: schema.parse(await response.json()) };
  } catch {
    return { ok: false, error: 'unavailable' };
  }
}
