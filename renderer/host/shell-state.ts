import { useSyncExternalStore } from 'react';
import { must } from '#shared/domain/must.ts';
import type { ShellBridge, ShellEvent, ShellState } from '#shared/protocol/ipc.ts';
import { callShell } from './shell-bridge.ts';

/** The shell as it last described itself, for the screens that show it. */
export interface ShellAround {
  readonly bridge: ShellBridge;
  state(): ShellState;
  /** Asks anew, after something was changed. */
  refresh(): Promise<void>;
  readonly watch: (listener: () => void) => () => void;
  /** Links and waking up; gives the function that ends it. */
  onEvent(listener: (event: ShellEvent) => void): () => void;
}

let current: ShellAround | null = null;

/** The shell around the console, or null in a browser. */
export const shellAround = (): ShellAround | null => current;

/** Asks the shell how it stands and goes on listening. To be called once, before anything is drawn. */
export async function meetShell(bridge: ShellBridge): Promise<ShellAround> {
  const listeners = new Set<() => void>();
  const hearers = new Set<(event: ShellEvent) => void>();
  // Keep the events that the shell had stored: they come at once, before any screen listens.
  const early: ShellEvent[] = [];
  bridge.onEvent((event) => {
    if (event.kind === 'update') change({ update: event.state });
    else if (event.kind === 'keeping') change({ keeping: event.keeping });
    else if (event.kind === 'sealing') change({ sealing: event.sealing });
    else if (hearers.size === 0) early.push(event);
    else hearers.forEach((hear) => hear(event));
  });
  let state = await callShell(bridge, 'shell.state', null);
  function change(part: Partial<ShellState>): void {
    state = { ...state, ...part };
    listeners.forEach((listener) => listener());
  }
  current = {
    bridge,
    state: () => state,
    refresh: async () => change(await callShell(bridge, 'shell.state', null)),
    watch: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onEvent: (hear) => {
      hearers.add(hear);
      early.splice(0).forEach(hear);
      return () => hearers.delete(hear);
    },
  };
  return current;
}

const never = (): (() => void) => () => undefined;

/** The state of the shell; null in a browser. */
export function useShellState(): ShellState | null {
  const shell = current;
  return useSyncExternalStore(shell?.watch ?? never, () => shell?.state() ?? null);
}

/** The shell, where a screen is only drawn inside one. */
export const shellHere = (): ShellAround => must(current, 'a shell around the console');
