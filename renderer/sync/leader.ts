import type { Connection } from '#renderer/store/console-store.ts';

/** Runs work while this window is the one that talks to the API; the signal ends it when the window stops. */
export interface Leadership {
  lead(work: (signal: AbortSignal) => Promise<void>, stop: AbortSignal): Promise<void>;
}

/**
 * One leader per profile over all windows and workers, by a Web Lock. The lock is given back when its holder closes or dies, so
 * somebody else leads at once; nobody needs a heartbeat.
 */
export function lockLeadership(profile: string): Leadership {
  return {
    lead: async (work, stop) => {
      try {
        await navigator.locks.request(`pult-leader ${profile}`, { signal: stop }, () => work(stop));
      } catch (error) {
        // Stopped while waiting to lead.
        if (!stop.aborted) throw error;
      }
    },
  };
}

/** Always the leader: for a host with one window, and for tests. */
export const soleLeadership: Leadership = { lead: (work, stop) => work(stop) };

/** One piece of work at a time over all windows of the profile: commands and pages of the feed never interleave. */
export function lockExclusive(profile: string): <T>(work: () => Promise<T>) => Promise<T> {
  return <T>(work: () => Promise<T>) => navigator.locks.request(`pult-store ${profile}`, work) as Promise<T>;
}

/** What windows tell each other. `acted`: there is something to send. `changed`: read these again. */
export type WindowMessage =
  | { readonly t: 'acted' }
  | { readonly t: 'changed'; readonly incidents: readonly string[] | 'all'; readonly reference: boolean }
  | { readonly t: 'wake' }
  /** How the leader stands with the API, and a new window's question for it. */
  | { readonly t: 'connection'; readonly connection: Connection }
  | { readonly t: 'ask' };

/** The way between windows; the sender does not hear itself. */
export interface Windows {
  tell(message: WindowMessage): void;
  listen(listener: (message: WindowMessage) => void): void;
  close(): void;
}

export function broadcastWindows(profile: string): Windows {
  const channel = new BroadcastChannel(`pult ${profile}`);
  return {
    tell: (message) => channel.postMessage(message),
    listen: (listener) => {
      channel.onmessage = (event: MessageEvent<WindowMessage>) => listener(event.data);
    },
    close: () => channel.close(),
  };
}

/** Nobody else to tell. */
export const noWindows: Windows = { tell: () => undefined, listen: () => undefined, close: () => undefined };
