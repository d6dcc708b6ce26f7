import { expect, test } from 'vitest';
import type { IncidentCommand } from '#shared/domain/command.ts';
import { must } from '#shared/domain/must.ts';
import { DEFAULT_REGULATION } from '#shared/domain/regulation.ts';
import { HOLD_TAG, isSilentBy, silenceOf } from '#shared/domain/silence.ts';
import { build, EXAMPLES as E, MINUTE, TUESDAY_10, WAY_TO } from '#tests/fixtures/incident-builder.ts';

const HOUR = 60 * MINUTE;
const SATISFIED: readonly IncidentCommand[] = [...WAY_TO.satisfaction, E.setOutcome];
const hold: IncidentCommand = { name: 'tag', args: { add: [HOLD_TAG], remove: [] } };

test('an answered message closes ninety-six hours after the answer, and not a moment before', () => {
  const incident = build(SATISFIED);
  const answered = must(incident.satisfactionAt, 'an answer');
  const at = answered + 96 * HOUR;
  expect(silenceOf(incident, DEFAULT_REGULATION)).toEqual({ kind: 'closes', at });
  expect(isSilentBy(incident, DEFAULT_REGULATION, at - 1)).toBe(false);
  expect(isSilentBy(incident, DEFAULT_REGULATION, at)).toBe(true);
  expect(silenceOf(incident, { silentHours: 24 })).toEqual({ kind: 'closes', at: answered + 24 * HOUR });
});

test.each([
  ['whose outcome nobody chose', build(WAY_TO.satisfaction), 'outcome_missing'],
  ['that is held by hand', build([...SATISFIED, hold]), 'held'],
  ['that is no longer answered', build([...SATISFIED, E.reopen]), null],
  ['that is still in work', build(WAY_TO.in_progress), null],
  [
    'whose author wrote after the answer',
    build([
      ...SATISFIED,
      { name: 'receiveMessage', args: { text: 'Спасибо', at: TUESDAY_10 + 32 * MINUTE, url: '' } },
    ]),
    null,
  ],
  [
    'that the registry brought',
    { ...build(SATISFIED), imported: { cells: {}, version: 1, fingerprint: 'f' } },
    null,
  ],
] as const)('a message %s does not close by itself', (_, incident, expected) => {
  expect(silenceOf(incident, DEFAULT_REGULATION)?.kind ?? null).toBe(expected);
  expect(isSilentBy(incident, DEFAULT_REGULATION, TUESDAY_10 + 10_000 * HOUR)).toBe(false);
});

test('what the author wrote before the answer is no word after it', () => {
  const early: IncidentCommand = {
    name: 'receiveMessage',
    args: { text: 'Когда же?', at: TUESDAY_10 + MINUTE, url: '' },
  };
  expect(silenceOf(build([...SATISFIED, early]), DEFAULT_REGULATION)?.kind).toBe('closes');
});

test('a centre that closes nothing by itself waits for ever', () => {
  expect(silenceOf(build(SATISFIED), { silentHours: 0 })).toBeNull();
});
