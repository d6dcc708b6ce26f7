import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Failure } from '#renderer/data/sync/failure.ts';
import type { Happening, SessionEffect, SessionState } from '#renderer/data/sync/session-state.ts';
import { idleSession, stepSession } from '#renderer/data/sync/session-step.ts';
import { isOfStream, walk, walkArbitrary, type WalkedStep } from '#tests/helpers/session-walk.ts';
import { NOON } from '#tests/helpers/sync-fixtures.ts';

const MINUTE = 60_000;

/** Looks for a walk that breaks a property; gives what was found, or null. */
function findBreach(property: (steps: readonly WalkedStep[], hold: typeof mustHold) => void): string | null {
  const run = fc.check(
    fc.property(walkArbitrary, (drawn) => property(walk(drawn), mustHold)),
    { numRuns: 500 },
  );
  return run.failed ? `${String(run.errorInstance)} ${JSON.stringify(run.counterexample)}` : null;
}

function mustHold(isTrue: boolean, what: string): void {
  if (!isTrue) throw new Error(what);
}

const kindsOf = (effects: readonly SessionEffect[]): string[] => effects.map(({ kind }) => kind);
const linkOf = (state: SessionState) => ('link' in state ? state.link : null);
const isRound = (state: SessionState): boolean =>
  ['pushing', 'pulling', 'downloading', 'comparing'].includes(state.activity);
/** True while a push that failed keeps the next one back. */
const isPushPaused = ({ pushPause }: SessionState, now: number): boolean =>
  pushPause !== null && now < pushPause.until;
/**
 * The beginning of a round, not the next batch of the same: a push, or a page while pushes pause. Only a push
 * or a page of the feed leads to a page within a round.
 */
const beginsRound = ({ before, effects, event, after: to }: WalkedStep): boolean => {
  const isNext =
    (before.activity === 'pulling' && event.kind === 'pulled' && (before.hasUnsent || event.hasMore)) ||
    (before.activity === 'pushing' && event.kind === 'pushed') ||
    (event.kind === 'pulled' && kindsOf(effects).includes('download'));
  const first = isPushPaused(to, event.now) ? ['pull', 'download'] : ['push'];
  return !isNext && kindsOf(effects).some((kind) => first.includes(kind));
};
/** An event after which something may be to send or to fetch. */
const isWaking = ({ before, event }: WalkedStep): boolean =>
  event.kind === 'woken' ||
  event.kind === 'hurried' ||
  event.kind === 'poked' ||
  (event.kind === 'stream_ended' && linkOf(before)?.stream.isStanding === true);
/** A failure that ends the link: all but a resync that is answered by a greeting. */
const isBreak = ({ before, after, event, isAnswer }: WalkedStep): boolean =>
  event.kind === 'failed' && isAnswer && !(isRound(before) && linkOf(after) !== null);

const DOING: Readonly<Record<SessionState['activity'], string | null>> = {
  idle: null,
  greeting: 'hello',
  pushing: 'push',
  pulling: 'pull',
  downloading: 'download',
  comparing: 'compare',
  resting: 'rest',
  pausing: 'rest',
  stopped: null,
};
const ENDS = ['greeted', 'pushed', 'pulled', 'downloaded', 'compared', 'rested', 'failed', 'started'];
const EXCHANGE = ['push', 'pull', 'download', 'compare'];

test('invariant 1: one thing at a time, and only its own end leads on', () => {
  const breach = findBreach((steps, hold) => {
    for (const { before, event, after, effects, underWay, isAnswer } of steps) {
      hold((underWay?.kind ?? null) === DOING[before.activity], 'what is under way is the state’s own');
      const begun = effects.filter((effect) => !isOfStream(effect));
      hold(begun.length === (isAnswer ? 1 : begun.length && 1), 'one end, one beginning');
      const isFree = isAnswer || underWay === null || underWay.kind === 'rest';
      hold(begun.length === 0 || isFree, 'only a rest is taken back');
      const isStill = begun.length === 0 && event.kind !== 'stopped';
      hold(!isStill || after.activity === before.activity, 'no other activity without an effect');
      const isStart = event.kind === 'started' && before.activity === 'idle';
      const isStray = ENDS.includes(event.kind) && !isAnswer && !isStart;
      hold(!isStray || (after === before && effects.length === 0), 'a stray end changes nothing');
    }
  });
  expect(breach).toBeNull();
});

test('invariant 2: nothing is exchanged unless a hello was answered since the last failure', () => {
  const breach = findBreach((steps, hold) => {
    let isGreeted = false;
    for (const { event, effects, isAnswer } of steps) {
      if (event.kind === 'failed' && isAnswer) isGreeted = false;
      if (event.kind === 'greeted' && isAnswer) isGreeted = true;
      const isExchanging = kindsOf(effects).some((kind) => EXCHANGE.includes(kind));
      hold(isGreeted || !isExchanging, 'exchanged ungreeted');
    }
  });
  expect(breach).toBeNull();
});

test('invariant 3: pushes and pages take turns, and it compares or rests only when all is sent', () => {
  const breach = findBreach((steps, hold) => {
    let [isSent, pages, isPaged] = [false, 0, true];
    for (const step of steps) {
      const { event, effects, isAnswer, after } = step;
      if (isAnswer && event.kind === 'pushed') isSent = !event.hasMore;
      const kinds = kindsOf(effects);
      if (beginsRound(step) && isPushPaused(after, event.now)) isSent = true;
      if (kinds.includes('hello') || event.kind === 'failed') [isSent, pages, isPaged] = [false, 0, true];
      if (kinds.includes('push')) {
        hold(isPaged || isSent, 'sent on without a page between');
        [isSent, pages, isPaged] = [false, 0, false];
      }
      if (kinds.includes('pull') || kinds.includes('download')) [pages, isPaged] = [pages + 1, true];
      hold(isSent || pages <= 2, 'kept from sending by page after page');
      const isEnd = kinds.includes('compare') || (kinds.includes('rest') && event.kind !== 'failed');
      hold(isSent || !isEnd, 'ended before all was sent');
    }
  });
  expect(breach).toBeNull();
});

test('invariant 4: pulled over a usable copy, compared when complete, downloaded until then', () => {
  const breach = findBreach((steps, hold) => {
    for (const { event, effects, after } of steps) {
      const part = linkOf(after)?.part;
      const isPulled = event.kind === 'pulled' && !event.hasMore;
      const kinds = kindsOf(effects);
      hold(!kinds.includes('pull') || part === 'closed' || part === 'done', 'pulled over no queue');
      hold(!kinds.includes('compare') || (part === 'done' && isPulled), 'compared too early');
      hold(!kinds.includes('download') || part !== 'done', 'downloaded for nothing');
      hold(!kinds.includes('download') || isPulled === (part === 'closed'), 'downloaded before pulling');
    }
  });
  expect(breach).toBeNull();
});

test('invariant 5: one stream is followed, from an answered hello to the next failure or stop', () => {
  const breach = findBreach((steps, hold) => {
    let isFollowed = false;
    for (const step of steps) {
      const { before, event, after, effects, isAnswer } = step;
      const kinds = kindsOf(effects);
      const count = (sought: string): number => kinds.filter((kind) => kind === sought).length;
      const isEnd = isBreak(step) || event.kind === 'stopped';
      hold(count('unfollow') === (isEnd && isFollowed ? 1 : 0), 'left exactly with the link');
      const isOpened: boolean = event.kind === 'greeted' && isAnswer && !isFollowed;
      const isReopened: boolean = event.kind === 'stream_ended' && isFollowed;
      hold(count('follow') === (isOpened || isReopened ? 1 : 0), 'followed once');
      isFollowed = (isFollowed || isOpened) && !isEnd;
      hold((linkOf(after) !== null) === isFollowed, 'a link has a stream');
      const isSilent = isReopened && linkOf(before)?.stream.isStanding === false;
      hold(!isSilent || kinds.length === 1, 'a stream that never stood wakes nobody');
    }
  });
  expect(breach).toBeNull();
});

test('invariant 6: no wake is lost', () => {
  const breach = findBreach((steps, hold) => {
    let isOwed = false;
    for (const step of steps) {
      const { before, event, effects } = step;
      const isWake = isWaking(step);
      hold(!isWake || before.activity !== 'resting' || beginsRound(step), 'woken at rest, a round at once');
      if (isWake && isRound(before)) isOwed = true;
      if (beginsRound(step) || event.kind === 'failed') isOwed = false;
      hold(!isOwed || !kindsOf(effects).includes('rest'), 'rested though woken');
    }
  });
  expect(breach).toBeNull();
});

test('invariant 7: a pause ends by its time, a person or a stop, and is as long as it must be', () => {
  const breach = findBreach((steps, hold) => {
    for (const { before, event, after, effects } of steps) {
      const isEnd = event.kind === 'rested' || event.kind === 'hurried';
      const isPausing = before.activity === 'pausing';
      hold(!isPausing || kindsOf(effects).join() === (isEnd ? 'hello' : ''), 'ended by something else');
      hold(!isPausing || isEnd || event.kind === 'stopped' || after === before, 'changed meanwhile');
      if (isPausing || after.activity !== 'pausing' || event.kind !== 'failed') continue;
      const ms = effects.flatMap((effect) => (effect.kind === 'rest' ? [effect.ms] : []))[0] ?? -1;
      const askedMs = event.failure.kind === 'busy' ? (event.failure.afterMs ?? 0) : 0;
      hold(ms >= askedMs, 'shorter than asked for');
      const { connection, attempt } = after;
      const isHelpless = connection.state === 'failed' || connection.state === 'needs_login';
      const longestMs = Math.max(askedMs, Math.min(MINUTE, 500 * 2 ** attempt));
      hold(isHelpless ? ms === MINUTE : ms <= longestMs, 'of another length');
      hold(!('retryAt' in connection) || connection.retryAt === event.now + ms, 'shown otherwise');
    }
  });
  expect(breach).toBeNull();
});

test('invariant 8: live from the end of a round over a complete copy to a failure or a download', () => {
  const breach = findBreach((steps, hold) => {
    for (const { before, event, after } of steps) {
      const [was, is] = [before.connection.state === 'live', after.connection.state === 'live'];
      const isEndOfRound = ['pulled', 'downloaded', 'compared'].includes(event.kind);
      const isUnheard = (after.pushPause?.failures ?? 0) > 2;
      hold(was || !is || (isEndOfRound && linkOf(after)?.part === 'done'), 'live too early');
      const isEnd = ['failed', 'downloaded'].includes(event.kind) || (isEndOfRound && isUnheard);
      hold(is || !was || isEnd, 'live no more, for no reason');
      hold(is || after.activity !== 'resting' || isUnheard, 'at rest and not live');
    }
  });
  expect(breach).toBeNull();
});

test('invariant 9: attempt counts failures in a row', () => {
  const breach = findBreach((steps, hold) => {
    for (const step of steps) {
      const { before, event, after } = step;
      const isNewRound = beginsRound(step) || after.activity === 'resting';
      const isEndOfRound = isRound(before) && event.kind !== 'failed' && isNewRound;
      const isAsked = event.kind === 'hurried' && before.activity !== 'idle' && before.activity !== 'stopped';
      const reset = isAsked || isEndOfRound ? 0 : before.attempt;
      hold(after.attempt === (isBreak(step) ? before.attempt + 1 : reset), 'counted otherwise');
    }
  });
  expect(breach).toBeNull();
});

test('invariant 10: a resync is answered by a rebuilding hello, once before the copy is complete', () => {
  const breach = findBreach((steps, hold) => {
    let isRebuilt = false;
    for (const step of steps) {
      const { before, event, effects, after, isAnswer } = step;
      const isRebuilding = effects.some((effect) => effect.kind === 'hello' && effect.isRebuilding);
      const isResync = event.kind === 'failed' && event.failure.kind === 'resync';
      hold(isRebuilding === (isResync && isAnswer && isRound(before) && !isRebuilt), 'answered otherwise');
      const isComplete = isAnswer && event.kind === 'downloaded' && linkOf(after)?.part === 'done';
      isRebuilt = isRebuilding || (isRebuilt && !isBreak(step) && !isComplete);
    }
  });
  expect(breach).toBeNull();
});

test('invariant 11: after a stop nothing is done', () => {
  const breach = findBreach((steps, hold) => {
    let isStopped = false;
    for (const { before, event, after, effects } of steps) {
      hold(!isStopped || (effects.length === 0 && after.activity === 'stopped'), 'went on');
      hold(!isStopped || after.connection === before.connection, 'shown otherwise');
      if (event.kind === 'stopped') isStopped = true;
      hold(event.kind !== 'stopped' || kindsOf(effects).every((kind) => kind === 'unfollow'), 'began');
    }
  });
  expect(breach).toBeNull();
});

/** The state after these, with half of every range drawn and a minute between two. */
function after(happenings: readonly Happening[], isOnline = true) {
  let [state, effects]: readonly [SessionState, readonly SessionEffect[]] = [idleSession(NOON), []];
  for (const [index, happening] of happenings.entries())
    [state, effects] = stepSession(state, { ...happening, now: NOON + index * MINUTE, draw: 0.5, isOnline });
  return { state, effects };
}

const STARTED: Happening = { kind: 'started' };
const RESTED: Happening = { kind: 'rested' };
const failing = (failure: Failure): Happening => ({ kind: 'failed', failure });
const CUT = failing({ kind: 'network', message: 'cut' });
const TO_REST: readonly Happening[] = [
  { kind: 'greeted', part: 'done' },
  { kind: 'pushed', hasMore: false },
  { kind: 'pulled', hasMore: false },
  { kind: 'compared', isConclusive: true },
];

test('a blip is no being away; the third failure is, and the system’s word at once', () => {
  const twice = [STARTED, CUT, RESTED, CUT];
  expect(after(twice).state.connection).toEqual({
    state: 'connecting',
    attempt: 2,
    retryAt: NOON + 3 * MINUTE + 1000,
  });
  const away = after([...twice, RESTED, CUT]).state.connection;
  expect(away).toEqual({ state: 'offline', since: NOON + 5 * MINUTE, retryAt: NOON + 5 * MINUTE + 2000 });
  const longer = after([...twice, RESTED, CUT, RESTED, CUT]).state.connection;
  expect(longer).toMatchObject({ state: 'offline', since: NOON + 5 * MINUTE });
  expect(after([STARTED, CUT], false).state.connection).toMatchObject({
    state: 'offline',
    since: NOON + MINUTE,
  });
});

test('pauses after failures double', () => {
  const rests = Array.from({ length: 9 }, (_, n) => {
    const failures = Array.from({ length: n }, () => [CUT, RESTED]).flat();
    return after([STARTED, ...failures, CUT]).effects;
  });
  expect(rests.map((effects) => effects.find(({ kind }) => kind === 'rest'))).toEqual(
    [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000].map((ms) => ({ kind: 'rest', ms })),
  );
});

test('polls are seldom while the stream stands, and the copies are compared every four hours', () => {
  const atRest = after([STARTED, ...TO_REST]);
  expect([atRest.state.connection, atRest.effects]).toEqual([
    { state: 'live' },
    [{ kind: 'rest', ms: 22_500 }],
  ]);
  const poked = after([STARTED, ...TO_REST, { kind: 'poked' }, ...TO_REST.slice(1, 3)]);
  expect(poked.effects).toEqual([{ kind: 'rest', ms: MINUTE }]);
  const rounds = Array.from({ length: 80 }, () => [RESTED, ...TO_REST.slice(1, 3)]).flat();
  expect(after([STARTED, ...TO_REST, ...rounds.slice(0, 234)]).effects).toMatchObject([{ kind: 'rest' }]);
  expect(after([STARTED, ...TO_REST, ...rounds.slice(0, 240)]).effects).toEqual([{ kind: 'compare' }]);
});

test('a stream is followed again ever less often, and a standing one that breaks has the API asked at once', () => {
  const greeted = [STARTED, ...TO_REST];
  const ends = (n: number): Happening[] => Array.from({ length: n }, () => ({ kind: 'stream_ended' }));
  expect(after([...greeted, ...ends(1)]).effects).toEqual([{ kind: 'follow', afterMs: 500 }]);
  expect(after([...greeted, ...ends(3)]).effects).toEqual([{ kind: 'follow', afterMs: 2000 }]);
  const stood: Happening[] = [...greeted, { kind: 'poked' }, ...TO_REST.slice(1, 3), ...ends(1)];
  expect(after(stood).effects).toEqual([{ kind: 'follow', afterMs: 500 }, { kind: 'push' }]);
  expect(after([...stood, ...ends(1)]).effects).toEqual([{ kind: 'follow', afterMs: 1000 }]);
});

test('a login or a found network while a request with the old one fails is followed by a greeting at once', () => {
  const hurried = after([STARTED, { kind: 'hurried' }, failing({ kind: 'unauthenticated' })]);
  expect(hurried).toMatchObject({
    state: { activity: 'greeting', connection: { state: 'needs_login' } },
    effects: [{ kind: 'hello', isRebuilding: false }],
  });
});

test('copies are compared again though the clock of the workstation was set back by days', () => {
  const circumstances = { draw: 0.5, isOnline: true };
  const after = (state: SessionState, now: number, ...happenings: readonly Happening[]): SessionState =>
    happenings.reduce(
      (before, happening) => stepSession(before, { ...happening, now, ...circumstances })[0],
      state,
    );
  const round: readonly Happening[] = [
    { kind: 'pushed', hasMore: false },
    { kind: 'pulled', hasMore: false },
  ];
  const greeted = after(idleSession(NOON), NOON, { kind: 'started' }, { kind: 'greeted', part: 'done' });
  const compared = after(greeted, NOON, ...round, { kind: 'compared', isConclusive: true });
  expect(compared.activity).toBe('resting');
  expect(after(compared, NOON + MINUTE, { kind: 'rested' }, ...round).activity).toBe('resting');
  const days = 2 * 24 * 60 * MINUTE;
  expect(after(compared, NOON - days, { kind: 'rested' }, ...round).activity).toBe('comparing');
});
