import type { CentreAnswer } from '#renderer/kit/api/ask-centre.ts';
import { readLog, readPages, type LoggedEvent, type ListedPage } from '#renderer/kit/api/channels-api.ts';
import { isUnread } from './page-words.ts';

/** An event that no connector could read, and the page it came from. */
export interface UnreadEvent {
  readonly page: ListedPage;
  readonly event: LoggedEvent;
}

/** Everything of the region's pages that waits to be read by a person, the newest of a page first. */
export async function readUnreadEvents(): Promise<CentreAnswer<readonly UnreadEvent[]>> {
  const pages = await readPages();
  if (!pages.ok) return pages;
  const found: UnreadEvent[] = [];
  for (const page of pages.value.channels.filter(({ health }) => health.unread > 0)) {
    const log = await readLog(page.id);
    if (!log.ok) return log;
    found.push(...log.value.events.filter(isUnread).map((event) => ({ page, event })));
  }
  return { ok: true, value: found };
}
