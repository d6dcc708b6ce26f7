import type { Instant } from '#shared/domain/instant.ts';
import type { When } from '#renderer/app/when.ts';
import { ownKey } from '#renderer/session/own-keys.ts';

const keyOf = (profile: string): string => ownKey(profile, 'shift');

interface Shift {
  readonly since: Instant;
  readonly handled: number;
}

function read(profile: string): Shift | null {
  const [since, handled] = (localStorage.getItem(keyOf(profile)) ?? '').split(' ').map(Number);
  return since === undefined || handled === undefined || Number.isNaN(since) ? null : { since, handled };
}

/** Counts a message this person has dealt with here. A new local day begins a new shift. */
export function countHandled(profile: string, now: Instant, when: When): void {
  const shift = read(profile);
  const goesOn = shift !== null && when.daysFromNow(shift.since, now) === 0;
  localStorage.setItem(keyOf(profile), `${goesOn ? shift.since : now} ${goesOn ? shift.handled + 1 : 1}`);
}

/** What this person dealt with here today, since the first of it. */
export function handledToday(
  profile: string,
  now: Instant,
  when: When,
): { readonly since: Instant | null; readonly handled: number } {
  const shift = read(profile);
  return shift !== null && when.daysFromNow(shift.since, now) === 0 ? shift : { since: null, handled: 0 };
}
