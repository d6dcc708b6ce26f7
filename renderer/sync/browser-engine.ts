import { v7 } from 'uuid';
import type { Session } from '#shared/protocol/session.ts';
import type { StoreChange } from '#renderer/store/console-store.ts';
import { SyncEngine } from './engine.ts';
import { fetchTransport, type FetchTransportOptions } from './fetch-transport.ts';
import { broadcastWindows, lockExclusive, lockLeadership } from './leader.ts';
import { referenceContexts } from './reference-context.ts';
import type { Journal, SyncStore } from './sync-store.ts';

/** Names one account's local copy on this workstation: database, journal and locks. Other accounts never see it. */
export const profileOf = ({ region, account }: Session): string => `${region.code}:${account.id}`;

export interface BrowserEngineOptions extends FetchTransportOptions {
  readonly session: Session;
  readonly store: SyncStore;
  readonly journal: Journal;
  readonly appVersion: string;
  readonly onChange: (change: StoreChange) => void;
}

/** The engine as a worker of the console runs it: over fetch, Web Locks and a broadcast channel. */
export function browserEngine({ session, store, journal, appVersion, onChange, ...line }: BrowserEngineOptions): SyncEngine {
  const profile = profileOf(session);
  const { id, role, agency } = session.account;
  return new SyncEngine({
    ports: {
      store,
      journal,
      transport: fetchTransport(line),
      contexts: referenceContexts(store, session.region.timeZone),
      actor: { id, role, agency: role === 'executor' ? agency : null },
      now: Date.now,
      random: Math.random,
      newId: () => v7(),
      exclusive: lockExclusive(profile),
    },
    appVersion,
    leadership: lockLeadership(profile),
    windows: broadcastWindows(profile),
    onChange,
    isOnline: () => navigator.onLine,
  });
}
