import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import type { Session } from '#shared/protocol/session.ts';
import type { Host } from '#renderer/host/host.ts';
import { profileOf } from '#renderer/data/session/own-keys.ts';
import type { ConsoleStore, SyncStatus } from '#renderer/data/store/console-store.ts';
import type { StoreChange } from '#renderer/data/sync/sync-status.ts';
import type { Reference } from './reference.ts';
import type { LaneCounts, StoreHub } from './store-hub.ts';

/** Parts of a signed-in console. */
export interface ConsoleParts {
  readonly hub: StoreHub;
  readonly session: Session;
  readonly host: Host;
  /** Ends the session on this workstation. */
  readonly onLogout: () => Promise<void>;
  /** True when an administrator has ordered this copy to go, and it waits for what is unsent. */
  readonly isToGo: boolean;
  /** Ends the session and removes all that this workstation keeps of the person. */
  readonly onForget: () => Promise<void>;
  /** Shows the login over the screens; work goes on meanwhile. */
  readonly onLoginAgain: () => void;
}

const Parts = createContext<ConsoleParts | null>(null);

export const ConsoleProvider = ({
  parts,
  children,
}: {
  readonly parts: ConsoleParts;
  readonly children: ReactNode;
}) => <Parts value={parts}>{children}</Parts>;

export const useConsole = (): ConsoleParts => must(useContext(Parts), 'a console around the screen');
export const useStore = (): ConsoleStore => useConsole().hub.store;
export const useSession = (): Session => useConsole().session;
/** Gives the key of this person's drafts and choices; see session/own-keys.ts. */
export const useProfile = (): string => profileOf(useSession());

export const useStatus = (): SyncStatus => useKept((hub) => hub.status());
/**
 * Gives the centre's clock: moments that a command names are of it, whatever the workstation's says. Called
 * when a person acts, never while drawing; what is drawn takes `useNow`.
 */
export const useCentreTime = (): StoreHub['centreTime'] => useConsole().hub.centreTime;

export const useLaneCounts = (): LaneCounts => useKept((hub) => hub.counts());
export const useReference = (): Reference => useKept((hub) => hub.reference());

function useKept<T>(read: (hub: StoreHub) => T): T {
  const { hub } = useConsole();
  return useSyncExternalStore(hub.watch, () => read(hub));
}

/** Calls `listener` (keep it stable) with every change of the local copy. */
export function useStoreChange(listener: (change: StoreChange) => void): void {
  const { hub } = useConsole();
  useEffect(() => hub.onChange(listener), [hub, listener]);
}

const touches = ({ incidents }: StoreChange, id: string): boolean =>
  incidents === 'all' || incidents.includes(id);

/** The incident as this workstation has it now; `undefined` until read, `null` when there is none. */
export function useIncident(id: string | null): Incident | null | undefined {
  const { hub } = useConsole();
  const [read, setRead] = useState<{ readonly id: string; readonly incident: Incident | null } | null>(null);
  const refresh = useCallback(() => {
    if (id === null) return;
    void hub.read(id).then((incident) => setRead({ id, incident }));
  }, [hub, id]);
  useEffect(refresh, [refresh]);
  useStoreChange(
    useCallback(
      (change) => {
        if (id !== null && touches(change, id)) refresh();
      },
      [id, refresh],
    ),
  );
  if (id === null) return null;
  return read?.id === id ? read.incident : hub.kept(id);
}
