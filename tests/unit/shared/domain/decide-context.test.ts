import { expect, it } from 'vitest';
import { compileCalendar } from '#shared/domain/calendar.ts';
import { makeDecideContext } from '#shared/domain/decide-context.ts';
import { defaultWorkingCalendar } from '#shared/domain/data/russian-holidays.ts';
import type { Agency } from '#shared/domain/directory.ts';
import { OPERATOR, TARGET, TUESDAY_10 } from '#tests/fixtures/incident-builder.ts';
import { DEFAULT_REGULATION } from '#shared/domain/regulation.ts';

const agency = (id: string, change: Partial<Agency> = {}): Agency => ({
  id,
  name: id,
  shortName: id,
  kind: 'regional',
  units: [],
  verified: true,
  ...change,
});

const SETTINGS = {
  calendar: compileCalendar(defaultWorkingCalendar()),
  policies: [],
  agencies: new Map(
    [
      agency('always'),
      agency('from-now', { validFrom: TUESDAY_10 }),
      agency('from-later', { validFrom: TUESDAY_10 + 1 }),
      agency('until-now', { validTo: TUESDAY_10 }),
      agency('until-later', { validTo: TUESDAY_10 + 1 }),
    ].map((entry) => [entry.id, entry]),
  ),
  regulation: DEFAULT_REGULATION,
};

const occasion = { actor: OPERATOR, at: TUESDAY_10, command: 'a-command' };

it('knows the agencies that exist at the moment of the act and no others', () => {
  const { hasAgency } = makeDecideContext(SETTINGS, occasion);
  expect([...SETTINGS.agencies.keys(), 'nobody'].filter(hasAgency)).toEqual([
    'always',
    'from-now',
    'until-later',
  ]);
});

it('has no number and no target unless they are given', () => {
  expect(makeDecideContext(SETTINGS, occasion)).toMatchObject({ ...occasion, number: null, target: null });
  const full = { ...occasion, command: null, number: 7, target: TARGET };
  expect(makeDecideContext(SETTINGS, full)).toMatchObject(full);
});
