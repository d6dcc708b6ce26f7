import { expect, it } from 'vitest';
import { today } from '#server/demo/today.ts';
import { demoCast } from '#tests/fixtures/demo-rows.ts';

const working = ['new', 'assigned', 'in_progress', 'approval', 'publishing', 'satisfaction', 'done'] as const;
// In the New Year holidays nobody answers for ten days: every author has been silent for longer than 97
// hours.
const holidays = working.filter((step) => step !== 'satisfaction');

it.each([
  [Date.UTC(2026, 10, 24, 0, 42), working],
  [Date.UTC(2026, 10, 22, 3, 0), working],
  [Date.UTC(2026, 0, 5, 12, 0), holidays],
])('the shift of today has work at every stage (%i)', (now, expected) => {
  const stories = today(demoCast, now, 50_000);
  const steps = new Set(stories.map((story) => story.incident.step.name));
  expect([...steps]).toEqual(expect.arrayContaining([...expected]));
  for (const { incident } of stories) expect(incident.createdAt).toBeLessThanOrEqual(now);
});

it('a summer shift reads no complaint of snow', () => {
  const texts = today(demoCast, Date.UTC(2026, 6, 22, 3, 0), 50_000).map(({ incident }) => incident.text);
  expect(texts.filter((text) => /снег|гололёд|мороз|сосульк/i.test(text))).toEqual([]);
});
