import { spawnSync } from 'node:child_process';

/**
 * PostgreSQL refuses to run as root. Under root it gets either a user namespace, where root's own files belong to
 * user 1000 (nothing to copy, no system user needed), or, where namespaces are forbidden, an unprivileged user.
 */
export type RunAs =
  | { readonly kind: 'self' }
  | { readonly kind: 'namespace' }
  | { readonly kind: 'user'; readonly uid: number; readonly gid: number };

const NAMESPACE = ['--user', '--map-user=1000'] as const;

function systemUser(): RunAs {
  const id = (flag: string) =>
    Number.parseInt(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout ?? '', 10);
  const [uid, gid] = [id('-u'), id('-g')];
  // 65534 is `nobody` on Debian, ALT, RED OS and Alpine alike.
  return Number.isNaN(uid) || Number.isNaN(gid)
    ? { kind: 'user', uid: 65_534, gid: 65_534 }
    : { kind: 'user', uid, gid };
}

/** Chooses how PostgreSQL is to be run by this process. */
export function chooseRunAs(): RunAs {
  if (process.getuid === undefined || process.getuid() !== 0) return { kind: 'self' };
  const probe = spawnSync('unshare', [...NAMESPACE, 'true'], { stdio: 'ignore' });
  return probe.status === 0 ? { kind: 'namespace' } : systemUser();
}

/** A program call for `child_process`, wrapped so that it runs the chosen way. */
export interface Call {
  readonly file: string;
  readonly args: readonly string[];
  readonly options: { readonly uid?: number; readonly gid?: number };
}

/** Wraps a program call; `unshare` replaces itself with the program, so the process number stays the same. */
export function callAs(runAs: RunAs, file: string, args: readonly string[]): Call {
  switch (runAs.kind) {
    case 'self':
      return { file, args, options: {} };
    case 'namespace':
      return { file: 'unshare', args: [...NAMESPACE, '--', file, ...args], options: {} };
    case 'user':
      return { file, args, options: { uid: runAs.uid, gid: runAs.gid } };
  }
}
