import type { WaitingFile, WaitingFiles } from '#renderer/data/attachments/waiting-files.ts';
import { method, type ServiceOf } from '#renderer/data/rpc/method-table.ts';
import { lineJournal } from '#renderer/data/sync/line-journal.ts';
import type { Journal } from '#renderer/data/sync/sync-store.ts';

/**
 * Files of a profile that the shell keeps outside everything Chromium may throw away. Only the page reaches
 * the shell: it serves these methods to its worker. See `LineFiles` and {@link WaitingFiles} for their terms.
 */
export const SHELL_FILES = {
  appendJournal: method<[profile: string, text: string], void>(),
  readJournal: method<[profile: string], readonly string[]>(),
  replaceJournal: method<[profile: string, text: string], void>(),
  keepWaiting: method<[profile: string, hash: string, bytes: Uint8Array<ArrayBuffer>], void>(),
  readWaiting: method<
    [profile: string, hash: string, from: number, to: number],
    Uint8Array<ArrayBuffer> | null
  >({ moves: 'result' }),
  listWaiting: method<[profile: string], readonly WaitingFile[]>(),
  removeWaiting: method<[profile: string, hash: string], void>(),
};

export type ShellFiles = ServiceOf<typeof SHELL_FILES>;

/** The journal of a profile in the shell's files. */
export const shellJournal = (shell: ShellFiles, profile: string): Journal =>
  lineJournal({
    append: (text) => shell.appendJournal(profile, text),
    read: () => shell.readJournal(profile),
    replace: (text) => shell.replaceJournal(profile, text),
  });

/** The files of a profile that wait for the centre, in the shell's folder. */
export const shellWaitingFiles = (shell: ShellFiles, profile: string): WaitingFiles => ({
  keep: (hash, bytes) => shell.keepWaiting(profile, hash, bytes),
  read: (hash, from, to) => shell.readWaiting(profile, hash, from, to),
  list: () => shell.listWaiting(profile),
  remove: (hash) => shell.removeWaiting(profile, hash),
});
