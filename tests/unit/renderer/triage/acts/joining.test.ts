import { expect, test } from 'vitest';
import type { Incident } from '#shared/domain/incident.ts';
import { joinings } from '#renderer/triage/messages/history.tsx';
import { fateOf, joinedAt, questionBefore } from '#renderer/triage/acts/joining.ts';
import { ID, incidentIn, MINUTE, OPERATOR, OTHER_ID, TUESDAY_10 } from '#tests/fixtures/incident-builder.ts';

const PUBLISHED_AT = TUESDAY_10 + 30 * MINUTE;
const child: Incident = { ...incidentIn('merged'), number: 7, author: { name: 'Борис К.', url: '' } };

test('who joined what and when stands in the joined incident, and in the history of the one it joined', () => {
  expect(joinedAt(incidentIn('new'))).toBeNull();
  expect(joinedAt(child)).toEqual({ at: child.step.since, by: OPERATOR.id });
  expect(joinings([child, incidentIn('new')])).toEqual([
    {
      event: 'joined',
      at: child.step.since,
      by: OPERATOR.id,
      detail: { number: 7, author: 'Борис К.', network: 'vk' },
    },
  ]);
  expect([child.id, child.step.name === 'merged' && child.step.into]).toEqual([ID, OTHER_ID]);
});

test.each([
  ['new', 'waiting'],
  ['in_progress', 'waiting'],
  ['approval', 'waiting'],
  ['publishing', 'approved'],
  ['satisfaction', 'late'],
  ['done', 'late'],
  ['reopened', 'waiting'],
] as const)(
  'joining an incident in %s now means: %s, and is asked about unless the author simply waits',
  (step, kind) => {
    const parent = incidentIn(step);
    const now = TUESDAY_10 + 600 * MINUTE;
    expect(fateOf(parent, now).kind).toBe(kind);
    expect(questionBefore(parent, now)?.kind ?? 'waiting').toBe(kind);
  },
);

test('an answer published after the joining was one for this author, too', () => {
  expect(fateOf(incidentIn('done'), PUBLISHED_AT - MINUTE)).toEqual({ kind: 'answered', at: PUBLISHED_AT });
  expect(fateOf(incidentIn('done'), PUBLISHED_AT + MINUTE)).toEqual({ kind: 'late', at: PUBLISHED_AT });
});
