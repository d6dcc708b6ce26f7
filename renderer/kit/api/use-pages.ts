import { useQueryClient } from '@tanstack/react-query';
import { useSession } from '#renderer/kit/context/console-context.tsx';
import { useIsLive } from '#renderer/kit/context/use-is-live.ts';
import { readPages, type ListedPage } from './channels-api.ts';
import { useCentreQuery, type CentreData } from './use-centre-query.ts';

const KEY = ['pages'];
const NONE: readonly ListedPage[] = [];

/**
 * Reads the region's pages with their health, every minute; one copy for the navigation, the banners and the
 * screens. Those who do not look after pages are not told of them.
 */
export function usePages(): CentreData<{ readonly channels: readonly ListedPage[] }> {
  const { account } = useSession();
  const mayRead = account.role !== 'executor' && account.role !== 'observer';
  const isLive = useIsLive();
  return useCentreQuery(KEY, readPages, { enabled: isLive && mayRead });
}

/** The pages as the frame read them last; asks for nothing. Empty until they were read. */
export const usePageNews = (): readonly ListedPage[] =>
  useCentreQuery(KEY, readPages, { enabled: false }).value?.channels ?? NONE;

/** Gives the function that reads the pages at once: something was done about one. */
export function useRefreshPages(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.refetchQueries({ queryKey: KEY });
}
