import type { Instant } from '#shared/domain/instant.ts';
import type { When } from '#renderer/app/when.ts';

const STORED = 'pult.shift';

interface Shift {
  readonly since: Instant;
  readonly handled: number;
}

function read(): Shift | null {
  const [since, handled] = (localStorage.getItem(STORED) ?? '').split(' ').map(Number);
  return since === undefined || handled === undefined || Number.isNaN(since) ? null : { since, handled };
}

/** Counts a message this workstation has dealt with. A new local day begins a new shift. */
export function countHandled(now: Instant, when: When): void {
  const shift = read();
  const goesOn = shift !== null && when.daysFromNow(shift.since, now) === 0;
  localStorage.setItem(STORED, `${goesOn ? shift.since : now} ${goesOn ? shift.handled + 1 : 1}`);
}

/** What was dealt with here today, since the first of it. */
export function handledToday(
  now: Instant,
  when: When,
): { readonly since: Instant | null; readonly handled: number } {
  const shift = read();
  return shift !== null && when.daysFromNow(shift.since, now) === 0 ? shift : { since: null, handled: 0 };
}
