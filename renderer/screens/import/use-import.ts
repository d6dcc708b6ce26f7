import { useSyncExternalStore } from 'react';
import type { MappingChoice } from '#shared/exchange/header-map.ts';
import type { Readings } from '#shared/exchange/read-row.ts';
import type { Language } from '#shared/text/duration.ts';
import { sendImportFile, type ImportEnd, type ImportProgress } from './import-api.ts';

/** A file that was checked: as what to take its columns, and how many rows it has. */
export interface CheckedFile {
  readonly file: File;
  readonly mapping: MappingChoice;
  readonly readings: Readings;
  /** The sheet that was looked at; undefined for a csv. */
  readonly sheet: string | undefined;
  readonly rows: number;
}

/** Stages of a file on its way into the register. */
export type ImportStage =
  | { readonly state: 'waiting' }
  | { readonly state: 'checking'; readonly file: File }
  | { readonly state: 'sending'; readonly checked: CheckedFile; readonly progress: ImportProgress | null }
  | { readonly state: 'ended'; readonly checked: CheckedFile; readonly end: ImportEnd };

const WAITING: ImportStage = { state: 'waiting' };

/**
 * Outside the screen: an import goes on while its operator answers messages elsewhere. One at a time, of one
 * person.
 */
let current: { readonly profile: string; readonly stage: ImportStage } = { profile: '', stage: WAITING };
const listeners = new Set<() => void>();

function set(profile: string, stage: ImportStage): void {
  current = { profile, stage };
  listeners.forEach((listener) => listener());
}

const watch = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The import of this person on this workstation, and the ways on from each stage. */
export function useImport(profile: string) {
  const kept = useSyncExternalStore(watch, () => current);
  return {
    stage: kept.profile === profile ? kept.stage : WAITING,
    wait: () => set(profile, WAITING),
    check: (file: File) => set(profile, { state: 'checking', file }),
    send: async (checked: CheckedFile, language: Language) => {
      set(profile, { state: 'sending', checked, progress: null });
      const end = await sendImportFile({ ...checked, language }, (progress) =>
        set(profile, { state: 'sending', checked, progress }),
      );
      set(profile, { state: 'ended', checked, end });
    },
  };
}
