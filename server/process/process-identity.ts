import { readFileSync } from 'node:fs';
import { errorCode } from './startup-error.ts';

/** A process that cannot be mistaken for a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the system's own words; empty where the system does not tell. */
  readonly startedAt: string;
}

/** Tells whether a process with this number exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** Start time in clock ticks since boot, plus the boot's own id: /proc/PID/stat, field 22 (proc_pid_stat(5)). */
function startMark(pid: number): string {
  if (process.platform !== 'linux') return '';
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the name in brackets and may itself hold spaces and brackets.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
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
