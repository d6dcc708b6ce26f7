import fc from 'fast-check';
import type { Failure } from '#renderer/data/sync/failure.ts';
import type {
  Happening,
  SessionEffect,
  SessionEvent,
  SessionState,
} from '#renderer/data/sync/session-state.ts';
import { idleSession, stepSession } from '#renderer/data/sync/session-step.ts';
import { NOON } from './sync-fixtures.ts';

type Part = Extract<Happening, { readonly kind: 'greeted' }>['part'];
/** An effect that ends in one event. */
export type Doing = Exclude<SessionEffect, { readonly kind: 'follow' | 'unfollow' }>;

/** One step of a walk. `underWay`: what was being done before it. */
export interface WalkedStep {
  readonly before: SessionState;
  readonly event: SessionEvent;
  readonly after: SessionState;
  readonly effects: readonly SessionEffect[];
  readonly underWay: Doing | null;
  /** The event is the end of what was under way. */
  readonly isAnswer: boolean;
}

const PARTS: readonly Part[] = ['reference', 'open', 'closed', 'done'];

const failure: fc.Arbitrary<Failure> = fc.oneof(
  fc.constant<Failure>({ kind: 'network', message: 'cut' }),
  fc.constant<Failure>({ kind: 'resync' }),
  fc.record({
    kind: fc.constant('busy' as const),
    status: fc.constant(503),
    afterMs: fc.option(fc.nat(300_000)),
  }),
  fc.constantFrom<Failure>(
    { kind: 'unauthenticated' },
    { kind: 'forbidden' },
    { kind: 'unreadable', status: 400, message: 'odd' },
    { kind: 'gap', expected: null },
    { kind: 'too_old' },
    { kind: 'too_new' },
    { kind: 'foreign', status: 403 },
    { kind: 'nonsense', message: 'odd' },
  ),
);

/** The next event of a walk: mostly that whatever is under way ends well. */
const choice = fc.record({
  kind: fc.oneof(
    { weight: 12, arbitrary: fc.constant('success' as const) },
    { weight: 2, arbitrary: fc.constant('failure' as const) },
    { weight: 5, arbitrary: fc.constantFrom('woken' as const, 'poked' as const, 'stream_ended' as const) },
    { weight: 1, arbitrary: fc.constant('hurried' as const) },
    { weight: 2, arbitrary: fc.constant('stray' as const) },
  ),
  failure,
  part: fc.constantFrom(...PARTS),
  hasMore: fc.boolean(),
  /** A push fails in every fifth case. */
  pushFails: fc.nat(4).map((n) => n === 0),
  isGood: fc.boolean(),
  stray: fc.nat(7),
  ms: fc.oneof(fc.nat(2000), fc.nat(6 * 3_600_000)),
  draw: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  isOnline: fc.boolean(),
});
type Choice = typeof choice extends fc.Arbitrary<infer T> ? T : never;

/** Choices of a walk, and at which step it is stopped (mostly after all of them). */
export const walkArbitrary = fc.record({
  choices: fc.array(choice, { maxLength: 80, size: 'max' }),
  stopAt: fc.nat(160),
});

/** The end of an effect, as drawn. A page of the download goes on or ends its part. */
function successOf(doing: Doing, drawn: Choice, reached: Part): Happening {
  const { part, hasMore, isGood } = drawn;
  switch (doing.kind) {
    case 'hello':
      return { kind: 'greeted', part: doing.isRebuilding ? 'reference' : part };
    case 'push':
      return drawn.pushFails
        ? { kind: 'pushed', hasMore: false, failure: drawn.failure }
        : { kind: 'pushed', hasMore };
    case 'pull':
      return { kind: 'pulled', hasMore };
    case 'download': {
      const next = isGood ? (PARTS[PARTS.indexOf(reached) + 1] ?? 'done') : reached;
      return { kind: 'downloaded', place: { part: next, after: '', rows: 1, estimate: 2 } };
    }
    case 'compare':
      return { kind: 'compared', isConclusive: isGood };
    case 'rest':
      return { kind: 'rested' };
    default:
      return doing satisfies never;
  }
}

function happeningOf(drawn: Choice, state: SessionState, underWay: Doing | null): Happening {
  const reached = 'link' in state && state.link !== null ? state.link.part : 'reference';
  if (drawn.kind === 'success')
    return underWay === null ? { kind: 'started' } : successOf(underWay, drawn, reached);
  if (drawn.kind === 'failure') return { kind: 'failed', failure: drawn.failure };
  if (drawn.kind !== 'stray') return { kind: drawn.kind };
  const strays: readonly Doing['kind'][] = ['push', 'pull', 'download', 'compare', 'rest'];
  const kind = strays[drawn.stray];
  if (kind === undefined) return drawn.isGood ? { kind: 'started' } : { kind: 'greeted', part: 'reference' };
  return successOf(kind === 'rest' ? { kind, ms: 0 } : ({ kind } as Doing), drawn, reached);
}

const ENDS: Readonly<Record<Doing['kind'], Happening['kind']>> = {
  hello: 'greeted',
  push: 'pushed',
  pull: 'pulled',
  download: 'downloaded',
  compare: 'compared',
  rest: 'rested',
};

/** Walks a session through what was drawn, as an engine would whose requests end so. */
export function walk({ choices, stopAt }: { choices: readonly Choice[]; stopAt: number }): WalkedStep[] {
  const steps: WalkedStep[] = [];
  let state = idleSession(NOON);
  let underWay: Doing | null = null;
  let now = NOON;
  for (const [index, drawn] of choices.entries()) {
    const { draw, isOnline } = drawn;
    now += drawn.ms;
    const happening: Happening = index === stopAt ? { kind: 'stopped' } : happeningOf(drawn, state, underWay);
    const event = { ...happening, now, draw, isOnline };
    const isAnswer: boolean =
      underWay !== null &&
      (happening.kind === ENDS[underWay.kind] || (happening.kind === 'failed' && underWay.kind !== 'rest'));
    const [after, effects] = stepSession(state, event);
    steps.push({ before: state, event, after, effects, underWay, isAnswer });
    if (isAnswer || after.activity === 'stopped') underWay = null;
    underWay = effects.find((effect): effect is Doing => !isOfStream(effect)) ?? underWay;
    state = after;
  }
  return steps;
}

export const isOfStream = ({ kind }: SessionEffect): boolean => kind === 'follow' || kind === 'unfollow';
