import { useEffect, useSyncExternalStore } from 'react';
import { useConsole, useSession } from '#renderer/kit/context/console-context.tsx';
import type { StoreHub } from '#renderer/kit/context/store-hub.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useIsLive } from '#renderer/kit/context/use-is-live.ts';
import { readPages, type Page } from './channels-api.ts';

/**
 * The pages as this session last heard of them; one copy for the navigation, the banners and whoever else
 * asks.
 */
let news: { readonly hub: StoreHub | null; readonly pages: readonly Page[] } = { hub: null, pages: [] };
const NONE: readonly Page[] = [];
const listeners = new Set<() => void>();

function tell(hub: StoreHub, pages: readonly Page[]): void {
  news = { hub, pages };
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Asks at once: something was done about a page. */
export async function refreshChannelNews(hub: StoreHub): Promise<void> {
  const answer = await readPages();
  if (answer.ok) tell(hub, answer.value.channels);
}

/**
 * The region's pages with their health; empty until the centre was asked, and for those who do not look after
 * them.
 */
export function useChannelNews(): readonly Page[] {
  const { hub } = useConsole();
  return useSyncExternalStore(listen, () => (news.hub === hub ? news.pages : NONE));
}

/** Asks for the pages every minute while the centre answers. Called once, by the frame. */
export function useWatchChannels(): void {
  const { account } = useSession();
  const { hub } = useConsole();
  const isLive = useIsLive();
  const now = useNow();
  const mayAsk = account.role !== 'executor' && account.role !== 'observer';
  useEffect(() => {
    if (!mayAsk) tell(hub, NONE);
    else if (isLive) void readPages().then((answer) => answer.ok && tell(hub, answer.value.channels));
  }, [hub, mayAsk, isLive, now]);
}
