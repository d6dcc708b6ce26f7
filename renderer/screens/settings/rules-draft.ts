import { sameJson } from '#shared/domain/same-json.ts';
import type { Regulation } from '#shared/domain/regulation.ts';

/** The form of the centre's rules as typed. */
export type RulesFields = Record<Exclude<keyof Regulation, 'secondFactor'>, string | number> & {
  secondFactor: string[];
};

const NAMES = [
  'ownApproval',
  'deferDays',
  'copyDays',
  'secondFactor',
] as const satisfies readonly (keyof Regulation)[];

/** Rules that another administrator has made others than the form was opened with. */
export const changedRules = (seen: Regulation, now: Regulation): readonly (keyof Regulation)[] =>
  NAMES.filter((name) => !sameJson(seen[name], now[name]));

/** The form over rules that have changed meanwhile: what was typed stays, what was not touched follows. */
export const rebasedRules = (typed: RulesFields, seen: Regulation, now: Regulation): RulesFields => ({
  ...typed,
  ...Object.fromEntries(
    changedRules(seen, now)
      .filter((name) => sameJson(typed[name], seen[name]))
      .map((name) => [name, now[name]]),
  ),
});
