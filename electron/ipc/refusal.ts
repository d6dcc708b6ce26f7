import type { IpcRefusal } from '#shared/protocol/ipc.ts';

const KINDS: Readonly<Record<string, IpcRefusal>> = {
  ENOSPC: 'disk_full',
  EDQUOT: 'disk_full',
  EROFS: 'read_only',
  EACCES: 'read_only',
  EPERM: 'read_only',
};

/** The system's code of an error (`ENOSPC`), or an empty string. */
export const errorCodeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

/** Makes the refusal that a page gets of an error: its kind and the system's own words, never a stack. */
export function refusalOf(error: unknown): { readonly kind: IpcRefusal; readonly message: string } {
  const message = error instanceof Error ? error.message : String(error);
  return { kind: KINDS[errorCodeOf(error)] ?? 'failed', message };
}
