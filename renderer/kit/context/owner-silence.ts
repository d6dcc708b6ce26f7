import { useSyncExternalStore } from 'react';
import { makeSignal } from './signal.ts';

let isSilent = false;
const changes = makeSignal();

/** Notes whether this window waits for another one of the person's that stands still. */
export function noteOwnerSilence(isNow: boolean): void {
  isSilent = isNow;
  changes.tell();
}

/** True while what was asked for here waits for another window that stands still. */
export const useOwnerSilence = (): boolean => useSyncExternalStore(changes.watch, () => isSilent);
