import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';

/** Long enough for a screen that is drawn anew at once; what was read does not outlive its screen. */
const KEPT_MS = 1000;

/**
 * Reading from the centre is tried again by the clock of `useCentreQuery` and by a person, never by the
 * library. `networkMode`: the centre may be this very machine, so a browser without a network still asks.
 */
const makeClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        refetchIntervalInBackground: true,
        gcTime: KEPT_MS,
      },
      mutations: { networkMode: 'always', retry: false, gcTime: KEPT_MS },
    },
  });

const ended = new WeakSet<QueryClient>();

/** True when the session that this client read for is over: nobody may be told of its answers any more. */
export const isSessionOver = (client: QueryClient): boolean => ended.has(client);

/**
 * Holds what one session reads from the centre. Give it the profile as its key: nothing outlives a logout
 * then.
 */
export function CentreQueries({ children }: { readonly children: ReactNode }) {
  const [client] = useState(makeClient);
  useEffect(() => {
    ended.delete(client);
    return () => {
      ended.add(client);
      client.clear();
    };
  }, [client]);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
