import type { Page, TokenPace } from '#server/channels/networks/connector.ts';
import { callMax } from './call.ts';
import { listSchema, maxMessageSchema, type MaxMessage } from './objects.ts';

const PAGE = 100;

export const commentsPath = (post: string): string => `/messages/${encodeURIComponent(post)}/comments`;

/**
 * Fetches what one question gives: messages or comments, the newest first. What is not written as MAX
 * promises, or has no name, is `odd`.
 */
export async function messagePage(
  page: Page,
  path: string,
  query: Readonly<Record<string, string>>,
  pace: TokenPace,
): Promise<{ readonly messages: readonly MaxMessage[]; readonly odd: readonly unknown[] }> {
  const { messages } = listSchema.parse(await callMax(page, { method: 'GET', path, query }, pace));
  const read = messages.map((raw) => ({ raw, message: maxMessageSchema.safeParse(raw).data }));
  const isNamed = ({ message }: (typeof read)[number]): boolean => (message?.body?.mid ?? null) !== null;
  return {
    messages: read.filter(isNamed).flatMap(({ message }) => message ?? []),
    odd: read.filter((item) => !isNamed(item)).map(({ raw }) => raw),
  };
}

/**
 * All pages, the newest message first. Pages are told by moments, several messages may share one, and whether
 * `before` takes its own moment in is written nowhere: so each page begins at the moment the last one ended
 * with, and what is known is passed over.
 */
export async function* messagePages(
  page: Page,
  path: string,
  query: Readonly<Record<string, string>>,
  pace: TokenPace,
): AsyncIterable<Awaited<ReturnType<typeof messagePage>>> {
  const seen = new Set<string>();
  for (let before: string | null = null; ;) {
    const paged = { ...query, count: String(PAGE), ...(before !== null && { before }) };
    const { messages, odd } = await messagePage(page, path, paged, pace);
    const fresh = messages.filter(({ body }) => !seen.has(body?.mid ?? ''));
    for (const { body } of fresh) seen.add(body?.mid ?? '');
    yield { messages: fresh, odd };
    if (fresh.length === 0 || messages.length + odd.length < PAGE) return;
    const moments = messages.flatMap(({ timestamp }) => timestamp ?? []);
    if (moments.length === 0) return;
    before = String(Math.min(...moments) + 1);
  }
}
