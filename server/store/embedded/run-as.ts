import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * PostgreSQL refuses to run as root, and as a user without a name (a container's `--user 1234`). Both get a
 * user namespace, where their own files belong to a named user (nothing to copy, no system user needed).
 * Where namespaces are forbidden, root's PostgreSQL runs as an unprivileged user.
 */
export type RunAs =
  | { readonly kind: 'self' }
  | { readonly kind: 'namespace'; readonly uid: number }
  | { readonly kind: 'user'; readonly uid: number; readonly gid: number };

const namespaceFlags = (uid: number): readonly string[] => ['--user', `--map-user=${uid}`];

/** Any user with a name but root, for the inside of the namespace: initdb looks its name up. */
function namedUid(): number {
  try {
    const uids = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => Number(line.split(':')[2]));
    return uids.find((uid) => uid > 0) ?? 1000;
  } catch {
    return 1000;
  }
}

function namespace(): RunAs | null {
  const uid = namedUid();
  const probe = spawnSync('unshare', [...namespaceFlags(uid), 'true'], { stdio: 'ignore' });
  return probe.status === 0 ? { kind: 'namespace', uid } : null;
}

function systemUser(): RunAs {
  const id = (flag: string) =>
    Number.parseInt(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout ?? '', 10);
  const [uid, gid] = [id('-u'), id('-g')];
  // 65534 is `nobody` on Debian, ALT, RED OS and Alpine alike.
  return Number.isNaN(uid) || Number.isNaN(gid)
    ? { kind: 'user', uid: 65_534, gid: 65_534 }
    : { kind: 'user', uid, gid };
}

const hasName = () => spawnSync('id', ['-un'], { stdio: 'ignore' }).status === 0;

/** Chooses how PostgreSQL is to be run by this process. */
export function chooseRunAs(): RunAs {
  if (process.getuid === undefined) return { kind: 'self' };
  if (process.getuid() === 0) return namespace() ?? systemUser();
  return hasName() ? { kind: 'self' } : (namespace() ?? { kind: 'self' });
}

/** A program call for `child_process`, wrapped so that it runs the chosen way. */
export interface ProgramCall {
  readonly file: string;
  readonly args: readonly string[];
  readonly options: { readonly uid?: number; readonly gid?: number };
}

/** Wraps a program call; `unshare` replaces itself with the program, so the process number stays the same. */
export function callAs(runAs: RunAs, file: string, args: readonly string[]): ProgramCall {
  switch (runAs.kind) {
    case 'self':
      return { file, args, options: {} };
    case 'namespace':
      return { file: 'unshare', args: [...namespaceFlags(runAs.uid), '--', file, ...args], options: {} };
    case 'user':
      return { file, args, options: { uid: runAs.uid, gid: runAs.gid } };
  }
}
