import type { Regulation } from '#shared/domain/regulation.ts';

/** The form of the centre's rules as typed. */
export type RulesFields = Record<keyof Regulation, string | number>;

const NAMES = ['ownApproval', 'deferDays', 'copyDays'] as const satisfies readonly (keyof Regulation)[];

/** Rules that another administrator has made others than the form was opened with. */
export const changedRules = (seen: Regulation, now: Regulation): readonly (keyof Regulation)[] =>
  NAMES.filter((name) => seen[name] !== now[name]);

/** The form over rules that have changed meanwhile: what was typed stays, what was not touched follows. */
export const rebasedRules = (typed: RulesFields, seen: Regulation, now: Regulation): RulesFields => ({
  ...typed,
  ...Object.fromEntries(
    changedRules(seen, now)
      .filter((name) => typed[name] === seen[name])
      .map((name) => [name, now[name]]),
  ),
});
