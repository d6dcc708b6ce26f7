import type { PolicyPreset } from './data/policy-presets.ts';
import { POLICY_FILTERS, type DeadlinePolicy } from './deadline.ts';
import type { Instant } from './instant.ts';
import { slugOf } from './records/slug.ts';

/** Policies to save so that a preset is in force: first those that end, then those that begin. */
export interface PresetChange {
  readonly ending: readonly { readonly seen: DeadlinePolicy; readonly row: DeadlinePolicy }[];
  readonly beginning: readonly DeadlinePolicy[];
}

/** True for a policy of every message, whatever its importance: such a preset takes the place of. */
const isGeneral = (policy: DeadlinePolicy): boolean =>
  POLICY_FILTERS.every((filter) => filter === 'importance' || policy[filter] === null);

/**
 * Puts a preset in the place of the general policies from a moment on. What came before is owed by the old
 * ones, so no deadline that runs moves; narrower policies stay and go on winning.
 */
export function putPreset(
  policies: readonly DeadlinePolicy[],
  { id, policies: wanted }: PolicyPreset,
  nameOf: (key: string) => string,
  at: Instant,
): PresetChange {
  const starts = new Set(wanted.map(({ start }) => start));
  const ending = policies.filter(
    (policy) =>
      isGeneral(policy) &&
      starts.has(policy.start) &&
      (policy.validFrom ?? -Infinity) < at &&
      (policy.validTo ?? Infinity) > at,
  );
  const taken = new Set(policies.map((policy) => policy.id));
  const beginning = wanted.map(({ key, ...policy }): DeadlinePolicy => {
    const own = slugOf(`${id} ${key}`, taken);
    taken.add(own);
    return {
      ...policy,
      id: own,
      name: nameOf(key),
      group: null,
      topic: null,
      agency: null,
      network: null,
      warning: null,
      basis: null,
      validFrom: at,
      validTo: null,
    };
  });
  return { ending: ending.map((seen) => ({ seen, row: { ...seen, validTo: at } })), beginning };
}
