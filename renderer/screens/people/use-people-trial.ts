import { useEffect, useState } from 'react';
import type { FileRefusal } from '#shared/exchange/refusals.ts';
import type { PeopleBasis } from '#shared/exchange/settings/people-table.ts';
import { toldPeople, type PeopleFile } from '#shared/exchange/settings/read-people.ts';
import type { ToldLoad } from '#shared/exchange/settings/read-load.ts';
import type { ApiErrorKind } from '#shared/protocol/errors.ts';
import type { PeopleLoaded, PeopleRow } from '#shared/protocol/people-load.ts';
import { openLoadWorker } from '#renderer/triage/settings-load/load-worker-client.ts';
import { loadPeople } from './people-api.ts';

/** A file of people that was read and that the centre has judged. */
export interface TriedPeople {
  readonly told: ToldLoad;
  /** Those that the centre takes. */
  readonly rows: readonly PeopleRow[];
  readonly isMailOn: boolean;
}

export type PeopleTrial =
  | { readonly state: 'reading' }
  | { readonly state: 'tried'; readonly tried: TriedPeople }
  | { readonly state: 'refused'; readonly refusal: FileRefusal }
  | { readonly state: 'failed'; readonly error: ApiErrorKind }
  /** The browser could not read the file. */
  | { readonly state: 'unreadable' };

const rowsOf = ({ differing }: PeopleFile): readonly PeopleRow[] =>
  differing.map(({ row, before }) => {
    if (before === null) return { ...row, from: null };
    const { login: _login, ...from } = before;
    return { ...row, from };
  });

const ALL_KNOWN: PeopleLoaded = {
  refused: [],
  isMailOn: false,
  added: 0,
  changed: 0,
  mailed: 0,
  links: [],
};

/** Has the centre judge what a file would change; nothing is stored. */
async function tryPeople(file: PeopleFile, basis: PeopleBasis): Promise<PeopleTrial> {
  const rows = rowsOf(file);
  const load = { file: file.file, isTrial: true, inviting: 'links', rows } as const;
  const answer = rows.length === 0 ? { ok: true as const, value: ALL_KNOWN } : await loadPeople(load);
  if (!answer.ok) return { state: 'failed', error: answer.error };
  const { refused, isMailOn } = answer.value;
  const places = new Set(refused.map(({ at }) => at));
  const wrong = refused.flatMap(({ at, why }) => {
    const row = file.differing[at];
    return row === undefined ? [] : [{ number: row.number, trouble: { kind: 'account', why } as const }];
  });
  const told = toldPeople(file, wrong, basis);
  return { state: 'tried', tried: { told, rows: rows.filter((_, at) => !places.has(at)), isMailOn } };
}

/** Reads a file of people in a worker and has the centre judge it, once. */
export function usePeopleTrial(file: File, basis: PeopleBasis): PeopleTrial {
  const [trial, setTrial] = useState<PeopleTrial>({ state: 'reading' });
  useEffect(() => {
    const { reader, end } = openLoadWorker();
    const read = async (): Promise<PeopleTrial> => {
      const result = await reader.readPeople(file, basis);
      return result.ok ? tryPeople(result.value, basis) : { state: 'refused', refusal: result.refusal };
    };
    read()
      .then(setTrial)
      .catch(() => setTrial({ state: 'unreadable' }));
    return end;
    // What is shown is what is stored: whoever changes meanwhile is refused by name.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [file]);
  return trial;
}
