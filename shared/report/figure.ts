import type { Facts } from './facts.ts';
import { isClosedBy, isFinished, isInWork, isMerged, isRejected } from './month.ts';
import type { Period } from './period.ts';
import { tally } from './statistics.ts';

/** How many lines of each table the sheet names before it sums the rest; chosen so that the page stays one. */
export const TOP_GROUPS = 5;
export const TOP_MUNICIPALITIES = 10;
export const TOP_AGENCIES = 8;

/** The name of a topic's figure; topics are named within their group. */
export const topicFigure = (group: string, topic: string): string => `topic:${group}\u203A${topic}`;

type Test = (one: Facts) => boolean;

/** Whether a message's value is none of the `top` most frequent ones. */
function besides(received: readonly Facts[], keyOf: (one: Facts) => string, top: number): Test {
  const named = new Set(
    tally(received, keyOf)
      .slice(0, top)
      .map(({ key }) => key),
  );
  return (one) => !named.has(keyOf(one));
}

function otherAgencies(received: readonly Facts[]): readonly Facts[] {
  const handed = received.filter((one) => one.agency !== '');
  return handed.filter(besides(handed, (one) => one.agency, TOP_AGENCIES));
}

/** Figures that count messages received in the period. Null when there is no such figure. */
function cohortTest(kind: string, value: string, received: readonly Facts[], { end }: Period): Test | null {
  switch (kind) {
    case 'received':
      return () => true;
    case 'answered':
      return (one) => one.firstReplyAt !== null;
    case 'notAnswered':
      return (one) => one.firstReplyAt === null;
    case 'inTime':
      return (one) => one.inTime === true;
    case 'late':
      return (one) => one.inTime === false;
    case 'rejected':
      return isRejected;
    case 'merged':
      return isMerged;
    case 'taken':
      return (one) => isFinished(one) || isInWork(one);
    case 'finished':
      return isFinished;
    case 'inWork':
      return isInWork;
    case 'carriedOver':
      return (one) => !isClosedBy(one, end);
    case 'otherGroups':
      return besides(received, (one) => one.group, TOP_GROUPS);
    case 'otherMunicipalities':
      return besides(received, (one) => one.municipality, TOP_MUNICIPALITIES);
    default:
      return valueTest(kind, value);
  }
}

function valueTest(kind: string, value: string): Test | null {
  switch (kind) {
    case 'group':
      return (one) => one.group === value;
    case 'topic':
      return (one) => topicFigure(one.group, one.topic) === `topic:${value}`;
    case 'municipality':
      return (one) => one.municipality === value;
    case 'network':
      return (one) => one.network === value;
    case 'agency':
      return (one) => one.agency === value;
    case 'outcome':
      return (one) => one.outcome === value;
    default:
      return null;
  }
}

/** Figures of what was done in the period, whatever day the message came. Null when there is no such figure. */
function flowTest(kind: string, { start, end }: Period): Test | null {
  const isClosed: Test = (one) =>
    isFinished(one) && one.closedAt !== null && one.closedAt >= start && one.closedAt < end;
  switch (kind) {
    case 'closed':
      return isClosed;
    case 'solved':
      return (one) => isClosed(one) && one.outcome === 'solved';
    case 'solvedBefore':
      return (one) => isClosed(one) && one.outcome === 'solved' && one.createdAt < start;
    default:
      return null;
  }
}

/**
 * The incidents behind one figure of the sheet (`data-figure`), so that every number opens what it counts. The count of the answer
 * equals the number printed; an unknown figure has none.
 */
export function factsBehind(figure: string, facts: readonly Facts[], period: Period): readonly Facts[] {
  const [kind = '', ...rest] = figure.split(':');
  const flow = flowTest(kind, period);
  if (flow !== null) return facts.filter(flow);
  const received = facts.filter(({ createdAt }) => createdAt >= period.start && createdAt < period.end);
  if (kind === 'otherAgencies') return otherAgencies(received);
  const test = cohortTest(kind, rest.join(':'), received, period);
  return test === null ? [] : received.filter(test);
}
