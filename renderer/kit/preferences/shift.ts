import type { Instant } from '#shared/domain/instant.ts';
import { makeSignal } from '#renderer/kit/context/signal.ts';
import type { When } from '#renderer/kit/words/when.ts';
import { ownKey } from '#renderer/data/session/own-keys.ts';

const keyOf = (profile: string): string => ownKey(profile, 'shift');

interface Shift {
  readonly since: Instant;
  readonly handled: number;
}

function read(profile: string): Shift | null {
  const [since, handled] = (localStorage.getItem(keyOf(profile)) ?? '').split(' ').map(Number);
  return since === undefined || handled === undefined || Number.isNaN(since) ? null : { since, handled };
}

const changes = makeSignal();

function write(profile: string, { since, handled }: Shift): void {
  localStorage.setItem(keyOf(profile), `${since} ${handled}`);
  changes.tell();
}

/** Calls `listener` whenever a count changes in this window; gives the function that ends it. */
export const watchShift = changes.watch;

/** Counts a message this person has dealt with here. A new local day begins a new shift. */
export function countHandled(profile: string, now: Instant, when: When): void {
  const shift = read(profile);
  const goesOn = shift !== null && when.daysFromNow(shift.since, now) === 0;
  write(profile, goesOn ? { ...shift, handled: shift.handled + 1 } : { since: now, handled: 1 });
}

/** Takes back the count of an incident; nothing when its shift is over, counted on an earlier day. */
export function uncountHandled(profile: string, countedAt: Instant, now: Instant, when: When): void {
  const { since, handled } = handledToday(profile, now, when);
  if (since !== null && countedAt >= since) write(profile, { since, handled: Math.max(0, handled - 1) });
}

/** Counts the incidents this person handled here today, and gives the moment of the first. */
export function handledToday(
  profile: string,
  now: Instant,
  when: When,
): { readonly since: Instant | null; readonly handled: number } {
  const shift = read(profile);
  return shift !== null && when.daysFromNow(shift.since, now) === 0 ? shift : { since: null, handled: 0 };
}
