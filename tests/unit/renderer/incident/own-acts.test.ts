import { expect, test } from 'vitest';
import { ACTS_KEPT, OwnActs, type OwnAct } from '#renderer/triage/acts/own-acts.ts';
import { actOf as idOf } from '#tests/fixtures/undoing.ts';

const act = (n: number, change: Partial<OwnAct> = {}): OwnAct => ({
  incident: `incident-${n}`,
  command: idOf(n),
  name: 'route',
  handledAt: null,
  ...change,
});
const numbers = (acts: OwnActs): readonly number[] =>
  acts.all().map(({ command }) => Number(command.slice(-4)));

test('the last ten are kept, the newest last', () => {
  const acts = new OwnActs();
  for (let n = 1; n <= ACTS_KEPT + 3; n += 1) acts.keep(act(n));
  expect(numbers(acts)).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
});

test('one that is kept again keeps its place and takes its new form', () => {
  const acts = new OwnActs();
  for (const n of [1, 2, 3]) acts.keep(act(n));
  acts.forget(idOf(2));
  expect(numbers(acts)).toEqual([1, 3]);
  acts.keep(act(2, { handledAt: 5 }));
  expect(numbers(acts)).toEqual([1, 2, 3]);
  expect(acts.all()[1]?.handledAt).toBe(5);
});
