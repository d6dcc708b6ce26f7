import { makeInbox, type Inbox } from './inbox/inbox.ts';
import type { Outbox } from './outbox/outbox.ts';
import { Pages, type PagesDeps } from './pages/pages.ts';

/** The rooms of an API process that serve official pages, each made of what it works with. */
export interface Channels {
  readonly pages: Pages;
  readonly inbox: Inbox;
  readonly outbox: Outbox;
}

/** Makes them: inbox and outbox share the pages. */
export function makeChannels({ db, now, ...rest }: PagesDeps): Channels {
  const pages = new Pages({ db, now, ...rest });
  const shared = { db, now, pages };
  return { pages, inbox: makeInbox(shared), outbox: shared };
}
