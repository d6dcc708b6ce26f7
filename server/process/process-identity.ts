import { readFileSync } from 'node:fs';
import { errorCode } from './startup-error.ts';

/** A process that cannot be mistaken for a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the system's own words; empty where the system does not tell. */
  readonly startedAt: string;
}

/**
 * State, parent and so on of a process: /proc/PID/stat from field 3 on (proc_pid_stat(5)); null when it
 * cannot be read.
 */
function statFields(pid: number): readonly string[] | null {
  if (process.platform !== 'linux') return null;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the name in brackets and may itself hold spaces and brackets.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

/**
 * Tells whether a process with this number runs, whoever owns it. One that has ended does not, also while
 * nobody has asked how it ended (state Z): an orphan in a container stays like that for seconds, or for ever.
 */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
  return statFields(pid)?.[0] !== 'Z';
}

/** Start time in clock ticks since boot (field 22), plus the boot's own id. */
function startMark(pid: number): string {
  const ticks = statFields(pid)?.[19];
  if (ticks === undefined) return '';
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}/${ticks}`;
  } catch {
    return '';
  }
}

/** The identity of a running process, this one by default. */
export function identityOf(pid: number = process.pid): ProcessIdentity {
  return { pid, startedAt: startMark(pid) };
}

/** Tells whether that very process still runs. */
export function isStillRunning(identity: ProcessIdentity): boolean {
  if (!isAlive(identity.pid)) return false;
  const mark = startMark(identity.pid);
  return mark === '' || identity.startedAt === '' || mark === identity.startedAt;
}
