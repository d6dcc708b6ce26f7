/*
 * The session between this workstation and the API: a pure step from a state and an event to the next state
 * and what is to be done. engine.ts does it and brings back what came of it.
 *
 *          started              greeted
 *   idle ───────────> greeting ────────────┐
 *                     ^  │  ^              v
 *    rested, hurried  │  │  │ resync  ┌─────────────────── a round ────────────────────┐
 *                     │  │  └─────────│ pushing <─> pulling ──> comparing, downloading │<──┐
 *                     │  │ failed     └────────────────────────────────────────────────┘   │
 *                     │  v              │ failed             │ complete, nothing more      │ rested, poked,
 *                   pausing <───────────┘                    v                             │ woken, hurried
 *                                                         resting ─────────────────────────┘
 *   any of them ── stopped ──> stopped
 *
 * Beside the activity stands `connection`, shown on the screens. A failure decides it (`connecting`,
 * `offline`, `needs_login`, `failed`) and it stays through the next attempts; a page of the first download
 * makes it `downloading`, coming to rest makes it `live`.
 *
 * Invariants, each held by a property of the same number in session-step.test.ts:
 *
 *  1. One thing at a time. While greeting, in a round, resting or pausing exactly one effect is under way, of
 *     the state's own kind; while idle or stopped none. An event that answers anything else changes nothing.
 *  2. Nothing is exchanged unless the API has answered a hello since the last failure.
 *  3. Neither side waits for the other: a round begins with a push, and while more is to be sent every push
 *     is followed by a page of what others did and that by a push. Copies are compared, and it rests, only
 *     when all is sent, or when a push has failed: until it is time for the next one rounds go without.
 *  4. The feed is pulled only over a copy the queue can be worked with, copies are compared only when
 *     complete, and pages are downloaded only until then; all that is in the feed is pulled before.
 *  5. The stream of pokes is followed from an answered hello to the next failure or stop, once.
 *  6. No wake is lost: one that comes in a round is followed by another round before any rest, one that
 *     comes at rest by a round at once.
 *  7. A pause after a failure ends by its time, by a person or by a stop, never by a command or a poke. It
 *     is as long as the API asked, and a minute where only a person or an update can help.
 *  8. `live` begins only with the end of a round over a complete copy, and ends only by a failure, by a page
 *     of a new download, or when pushes have failed one after another.
 *  9. `attempt` counts failures in a row: a failure adds one; a round that ends well or a person's asking
 *     make it 0.
 * 10. A resync in a round is answered by a hello that rebuilds the copy, and by nothing but a pause if it is
 *     asked for again before the copy is complete.
 * 11. After a stop nothing is done any more.
 */
import type { Instant } from '#shared/domain/instant.ts';
import { backoffMs, between } from './backoff.ts';
import { isUsable } from './bootstrap.ts';
import { BLIPS, connectionAfter } from './connection-after.ts';
import type { Failure } from './failure.ts';
import type {
  Always,
  GreetingState,
  Link,
  Moment,
  RestingState,
  RoundState,
  SessionEffect,
  SessionEvent,
  SessionState,
  SessionStep,
} from './session-state.ts';
import type { Connection } from './sync-status.ts';
import type { BootstrapPlace } from './sync-store.ts';

/** Milliseconds between two rounds when nobody wakes us, from and to. */
const POLL_MS = [15_000, 30_000] as const;
/** With the stream standing, polling only covers a poke that was lost. */
const POLL_BESIDE_STREAM_MS = [45_000, 75_000] as const;
const COMPARE_EVERY_MS = 4 * 3600 * 1000;
/** The shortest pause where trying again does not help: a login or an update is needed. */
const HELPLESS_MS = 60_000;

/** A session that has not begun. */
export const idleSession = (now: Instant): SessionState => ({
  activity: 'idle',
  connection: { state: 'offline', since: now, retryAt: null },
  attempt: 0,
  comparedAt: null,
  pushPause: null,
});

/** Takes one step of the session; see the head of this file. */
export function stepSession(state: SessionState, event: SessionEvent): SessionStep {
  switch (event.kind) {
    case 'woken':
      return wake(state, event);
    case 'hurried':
      return hurry(state, event);
    case 'poked':
      return hasLink(state) ? wake(withStream(state, { isStanding: true, attempt: 1 }), event) : [state, []];
    case 'stream_ended':
      return hasLink(state) ? followAgain(state, event) : [state, []];
    case 'failed':
      return state.activity === 'greeting' || isRound(state)
        ? fail(state, event.failure, event)
        : [state, []];
    case 'stopped':
      return [{ ...alwaysOf(state), activity: 'stopped' }, endOfStream(state)];
    default:
      return goOn(state, event);
  }
}

type Linked = (GreetingState | RoundState | RestingState) & { readonly link: Link };

const hasLink = (state: SessionState): state is Linked => 'link' in state && state.link !== null;
const isRound = (state: SessionState): state is RoundState => 'isWoken' in state;
const alwaysOf = ({ connection, attempt, comparedAt, pushPause }: Always): Always => ({
  connection,
  attempt,
  comparedAt,
  pushPause,
});
const endOfStream = (state: SessionState): readonly SessionEffect[] =>
  hasLink(state) ? [{ kind: 'unfollow' }] : [];

type Ending = Exclude<
  SessionEvent,
  { readonly kind: 'woken' | 'hurried' | 'poked' | 'stream_ended' | 'failed' | 'stopped' }
>;

/** Goes on from what has ended. The end of anything else changes nothing. */
function goOn(state: SessionState, event: Ending): SessionStep {
  switch (state.activity) {
    case 'idle':
      return event.kind === 'started' ? greet(state) : [state, []];
    case 'pausing':
      return event.kind === 'rested' ? greet(state) : [state, []];
    case 'resting':
      return event.kind === 'rested' ? beginRound(state, state.link, event) : [state, []];
    case 'greeting':
      return event.kind === 'greeted' ? greeted(state, event.part, event) : [state, []];
    case 'pushing':
      return event.kind === 'pushed' ? pushed(state, event, event) : [state, []];
    case 'pulling':
      return event.kind === 'pulled' ? pulled(state, event.hasMore, event) : [state, []];
    case 'downloading':
      return event.kind === 'downloaded' ? downloaded(state, event, event) : [state, []];
    case 'comparing':
      return event.kind === 'compared' ? compared(state, event.isConclusive, event) : [state, []];
    case 'stopped':
      return [state, []];
    default:
      return state satisfies never;
  }
}

function greet(from: Always): SessionStep {
  const always = alwaysOf(from);
  const connection =
    from.attempt === 0 ? ({ state: 'connecting', attempt: 1, retryAt: null } as const) : from.connection;
  return [
    { ...always, connection, activity: 'greeting', isHurried: false, link: null },
    [{ kind: 'hello', isRebuilding: false }],
  ];
}

function greeted(state: GreetingState, part: BootstrapPlace['part'], moment: Moment): SessionStep {
  const isRebuilt = state.link !== null;
  const stream = state.link?.stream ?? { isStanding: false, attempt: 1 };
  const [round, effects] = beginRound(state, { part, isRebuilt, stream }, moment);
  return [round, isRebuilt ? effects : [{ kind: 'follow', afterMs: 0 }, ...effects]];
}

function beginRound(from: Always, link: Link, { now }: Moment): SessionStep {
  const wishes = { isWoken: false, isHurried: false, hasUnsent: false };
  const round: RoundState = { ...alwaysOf(from), ...wishes, activity: 'pushing', link };
  const isPaused = from.pushPause !== null && now < from.pushPause.until;
  return isPaused ? fetchPage(round) : [round, [{ kind: 'push' }]];
}

type PushEnd = Extract<SessionEvent, { readonly kind: 'pushed' }>;

/**
 * A page of what others did has its turn, however much is left to send. Whether a push that failed is to be
 * laid to the network, the page will tell.
 */
function pushed(from: RoundState, { hasMore, failure }: PushEnd, moment: Moment): SessionStep {
  if (failure === undefined) return fetchPage({ ...from, hasUnsent: hasMore, pushPause: null });
  const failures = (from.pushPause?.failures ?? 0) + 1;
  const ms = Math.max(askedBy(failure), backoffMs(failures, moment.draw));
  return fetchPage({ ...from, hasUnsent: false, pushPause: { failures, until: moment.now + ms } });
}

const askedBy = (failure: Failure): number => (failure.kind === 'busy' ? (failure.afterMs ?? 0) : 0);

function fetchPage(state: RoundState): SessionStep {
  return isUsable(state.link)
    ? [{ ...state, activity: 'pulling' }, [{ kind: 'pull' }]]
    : [{ ...state, activity: 'downloading' }, [{ kind: 'download' }]];
}

function pulled(state: RoundState, hasMore: boolean, moment: Moment): SessionStep {
  const isComplete = state.link.part === 'done';
  if (state.hasUnsent && (hasMore || isComplete))
    return [{ ...state, activity: 'pushing' }, [{ kind: 'push' }]];
  if (hasMore) return [state, [{ kind: 'pull' }]];
  if (!isComplete) return [{ ...state, activity: 'downloading' }, [{ kind: 'download' }]];
  // Either way: a clock that was set back must not put the next comparison off until it has caught up.
  if (state.comparedAt !== null && Math.abs(moment.now - state.comparedAt) < COMPARE_EVERY_MS)
    return endRound(state, moment);
  return [{ ...state, activity: 'comparing' }, [{ kind: 'compare' }]];
}

/** After every page another round: what was done or told meanwhile goes before the next one. */
function downloaded(
  state: RoundState,
  { place, isSlow = false }: { readonly place: BootstrapPlace; readonly isSlow?: boolean },
  moment: Moment,
): SessionStep {
  const { part, rows, estimate } = place;
  const slow = isSlow ? { isSlow } : {};
  const connection = { state: 'downloading', part, rows, estimate, ...slow } as const;
  return endRound({ ...state, connection, isWoken: true, link: { ...state.link, part } }, moment);
}

/** While others work the revisions rarely stand still at the same moment; then the next round tries again. */
function compared(state: RoundState, isConclusive: boolean, moment: Moment): SessionStep {
  return endRound(isConclusive ? { ...state, comparedAt: moment.now } : state, moment);
}

function endRound(state: RoundState, moment: Moment): SessionStep {
  const { pushPause } = state;
  const isComplete = state.link.part === 'done';
  const always = { ...alwaysOf(state), connection: connectionAtEnd(state), attempt: 0 };
  const link = { ...state.link, isRebuilt: state.link.isRebuilt && !isComplete };
  if (state.isWoken) return beginRound(always, link, moment);
  const [low, high] = link.stream.isStanding ? POLL_BESIDE_STREAM_MS : POLL_MS;
  const poll = between(low, high, moment.draw);
  const ms = pushPause === null ? poll : Math.min(poll, Math.max(0, pushPause.until - moment.now));
  return [{ ...always, activity: 'resting', link }, [{ kind: 'rest', ms }]];
}

/** The API takes nothing of what is sent, for longer than a blip: it is not as it should be. */
function connectionAtEnd({ connection, pushPause, link }: RoundState): Connection {
  if (pushPause !== null && pushPause.failures > BLIPS)
    return { state: 'connecting', attempt: pushPause.failures, retryAt: pushPause.until };
  return link.part === 'done' && connection.state !== 'live' ? { state: 'live' } : connection;
}

function fail(state: GreetingState | RoundState, failure: Failure, moment: Moment): SessionStep {
  if (failure.kind === 'resync' && isRound(state) && !state.link.isRebuilt) return greetAnew(state);
  const attempt = state.attempt + 1;
  const ms = Math.max(askedBy(failure), backoffMs(attempt, moment.draw));
  const { now, isOnline } = moment;
  const circumstances = { before: state.connection, attempt, now, retryAt: now + ms, isOnline };
  const connection = connectionAfter(failure, circumstances);
  const always = { ...alwaysOf(state), connection, attempt };
  if (state.isHurried) {
    const [greeting, effects] = greet(always);
    return [greeting, [...endOfStream(state), ...effects]];
  }
  const isHelpless = connection.state === 'needs_login' || connection.state === 'failed';
  const rest = { kind: 'rest', ms: isHelpless ? Math.max(ms, HELPLESS_MS) : ms } as const;
  return [{ ...always, activity: 'pausing' }, [...endOfStream(state), rest]];
}

/** The API has forgotten the way from our cursor to its head. The link stands, the rows go. */
function greetAnew(state: RoundState): SessionStep {
  const { isHurried, link } = state;
  return [
    { ...alwaysOf(state), activity: 'greeting', isHurried, link },
    [{ kind: 'hello', isRebuilding: true }],
  ];
}

function wake(state: SessionState, moment: Moment): SessionStep {
  if (state.activity === 'resting') return beginRound(state, state.link, moment);
  return [isRound(state) ? { ...state, isWoken: true } : state, []];
}

function hurry(state: SessionState, moment: Moment): SessionStep {
  const fresh = { attempt: 0, pushPause: null };
  if (state.activity === 'pausing') return greet({ ...state, ...fresh });
  if (state.activity === 'resting') return beginRound({ ...state, ...fresh }, state.link, moment);
  if (state.activity === 'greeting') return [{ ...state, ...fresh, isHurried: true }, []];
  return [isRound(state) ? { ...state, ...fresh, isHurried: true, isWoken: true } : state, []];
}

const withStream = <S extends Linked>(state: S, stream: Link['stream']): S => ({
  ...state,
  link: { ...state.link, stream },
});

/**
 * A stream that breaks says more of the network than any timer: the API is asked at once if it still answers.
 */
function followAgain(state: Linked, moment: Moment): SessionStep {
  const { isStanding, attempt } = state.link.stream;
  const next = withStream(state, { isStanding: false, attempt: attempt + 1 });
  const [woken, effects] = isStanding ? wake(next, moment) : ([next, []] as const);
  return [woken, [{ kind: 'follow', afterMs: backoffMs(attempt, moment.draw) }, ...effects]];
}
