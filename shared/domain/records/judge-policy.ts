import { POLICY_FILTERS, type DeadlinePolicy } from '#shared/domain/deadline.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import type { PolicySurroundings } from './policy-surroundings.ts';
import type { Surroundings } from './surroundings.ts';

/** Longest limit that is believed, minutes: a year of the wall clock, or of nothing but working time. */
const LONGEST = 366 * 24 * 60;
const DAYS = 366;

/** Says why a policy may not become `after`; null when it may. It judges only what was changed. */
export function judgePolicy(
  after: DeadlinePolicy,
  before: DeadlinePolicy | null,
  { agencies, deadlines }: Pick<Surroundings, 'agencies' | 'deadlines'>,
): Refusal | null {
  const hasChanged = (...fields: readonly (keyof DeadlinePolicy)[]): boolean =>
    fields.some((field) => before?.[field] !== after[field]);
  const { agency } = after;
  return (
    (hasChanged('minutes', 'warning') ? judgeLength(after) : null) ??
    (hasChanged('validFrom', 'validTo') ? judgeValidity(after) : null) ??
    (hasChanged('topic', 'group') ? judgeTopicNames(after, deadlines) : null) ??
    (hasChanged('agency') && agency !== null && !agencies.has(agency)
      ? { kind: 'unknown_agency', agency }
      : null) ??
    (hasChanged('start', 'validFrom', 'validTo', ...POLICY_FILTERS) ? judgeOverlap(after, deadlines) : null)
  );
}

function judgeLength({ minutes, warning }: DeadlinePolicy): Refusal | null {
  if (minutes > LONGEST) return { kind: 'limit_too_long', limit: DAYS };
  return warning !== null && warning >= minutes ? { kind: 'warning_too_early' } : null;
}

const judgeValidity = ({ validFrom, validTo }: DeadlinePolicy): Refusal | null =>
  validFrom !== null && validTo !== null && validTo <= validFrom ? { kind: 'ends_before_beginning' } : null;

/** Says why these names of a topic and its group may not be spoken of; null when they may. */
export function judgeTopicNames(
  { topic, group }: Pick<DeadlinePolicy, 'topic' | 'group'>,
  deadlines: PolicySurroundings | undefined,
): Refusal | null {
  if (deadlines === undefined || (topic === null && group === null)) return null;
  const { topics } = deadlines;
  if (group !== null && !topics.some((one) => one.group === group)) return { kind: 'unknown_group', group };
  if (topic === null) return null;
  const same = topics.filter(({ name }) => name === topic);
  if (same.length === 0) return { kind: 'unknown_topic', topic };
  const isOfGroup = group === null || same.some((one) => one.group === group);
  return isOfGroup ? null : { kind: 'topic_of_another_group', topic, group };
}

/** Two that fit the same incidents at one time: which of them wins would be chance. */
function judgeOverlap(after: DeadlinePolicy, deadlines: PolicySurroundings | undefined): Refusal | null {
  const twin = deadlines?.policies.find(
    (other) =>
      other.id !== after.id &&
      other.start === after.start &&
      POLICY_FILTERS.every((filter) => other[filter] === after[filter]) &&
      begins(other) < ends(after) &&
      begins(after) < ends(other),
  );
  return twin === undefined ? null : { kind: 'policies_overlap', policy: twin.name };
}

const begins = ({ validFrom }: DeadlinePolicy): number => validFrom ?? -Infinity;
const ends = ({ validTo }: DeadlinePolicy): number => validTo ?? Infinity;
