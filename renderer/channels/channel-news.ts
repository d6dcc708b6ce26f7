import { useEffect, useSyncExternalStore } from 'react';
import { useSession } from '#renderer/app/console-context.tsx';
import { useNow } from '#renderer/app/use-now.ts';
import { useIsLive } from '#renderer/import/file-check.tsx';
import { readPages, type Page } from './channels-api.ts';

/** The pages as this console last heard of them; one copy for the navigation, the banners and whoever else asks. */
let pages: readonly Page[] = [];
const listeners = new Set<() => void>();

function tell(next: readonly Page[]): void {
  pages = next;
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The region's pages with their health; empty until the centre was asked, and for those who do not look after them. */
export const useChannelNews = (): readonly Page[] => useSyncExternalStore(listen, () => pages);

/** Asks for the pages every minute while the centre answers. Called once, by the frame. */
export function useWatchChannels(): void {
  const { account } = useSession();
  const isLive = useIsLive();
  const now = useNow();
  const mayAsk = account.role !== 'executor' && account.role !== 'observer';
  useEffect(() => {
    if (!mayAsk) tell([]);
    else if (isLive) void readPages().then((answer) => answer.ok && tell(answer.value.channels));
  }, [mayAsk, isLive, now]);
}
