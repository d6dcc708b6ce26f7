import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { MappingChoice } from '#shared/exchange/header-map.ts';
import type { Readings } from '#shared/exchange/read-row.ts';
import type { Language } from '#shared/text/duration.ts';
import { sendImportFile, type ImportEnd, type ImportProgress } from './import-api.ts';

/** A checked file: how its columns are mapped and its cells are read, and how many rows it has. */
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

const KEY = ['import'];

interface SentFile {
  readonly checked: CheckedFile;
  readonly language: Language;
}

/**
 * Gives the import of this session, and the ways on from each stage. It is kept outside the screen, beside
 * what was read from the centre: an import goes on while its operator answers messages elsewhere, one at a
 * time. With the logout it is forgotten, refused rows included.
 */
export function useImport() {
  const client = useQueryClient();
  const { data: stage = WAITING } = useQuery<ImportStage>({
    queryKey: KEY,
    queryFn: skipToken,
    staleTime: Infinity,
    gcTime: Infinity,
    structuralSharing: false,
  });
  const set = (next: ImportStage): void => void client.setQueryData<ImportStage>(KEY, next);
  const { mutate: send } = useMutation({
    mutationFn: async ({ checked, language }: SentFile) => {
      const tell = (progress: ImportProgress | null): void => set({ state: 'sending', checked, progress });
      tell(null);
      set({ state: 'ended', checked, end: await sendImportFile({ ...checked, language }, tell) });
    },
  });
  return { stage, wait: () => set(WAITING), check: (file: File) => set({ state: 'checking', file }), send };
}
