import { describe, expect, it } from 'vitest';
import type { RoutingRule } from '#shared/domain/routing.ts';
import { instantAtLocal, dayOfDate } from '#shared/domain/time-zone.ts';
import { must } from '#shared/domain/must.ts';
import {
  changesOf,
  readRoute,
  routeFieldsOf,
  type RouteBasis,
} from '#renderer/screens/routes/route-draft.ts';
import { lastMonth } from '#renderer/kit/words/last-month.ts';
import { momentOfChanges, tableAfter } from '#renderer/screens/routes/use-route-trial.ts';

const ZONE = 'Asia/Vladivostok';
const at = (date: string): number => instantAtLocal(ZONE, must(dayOfDate(date), date), 0);
const NOW = at('2026-06-15') + 12_345;
const SEEN: RoutingRule = { id: 'seen', topic: 'Ямы', agency: 'roads', validFrom: at('2026-01-01') + 7 };
const basis: RouteBasis = {
  seen: SEEN,
  zone: ZONE,
  now: NOW,
  topics: [
    { name: 'Ямы', group: 'Дороги' },
    { name: 'Другое', group: 'Дороги' },
    { name: 'Другое', group: 'Школы' },
  ].map((topic) => ({
    ...topic,
    id: topic.name,
    fastTrack: false,
    severity: null,
    validFrom: null,
    validTo: null,
  })),
  taken: new Set(['seen']),
};
const fields = routeFieldsOf(basis);
const read = (change: object) => readRoute({ ...fields, ...change }, basis);

describe('the form of a route', () => {
  it('opens and reads as what it was, to the moment', () => {
    expect(fields).toMatchObject({ group: 'Дороги', topic: 'Ямы', firstDay: '2026-01-01', lastDay: '' });
    expect(read({}).value).toEqual(SEEN);
  });

  it('names the fields that break it', () => {
    expect(read({ agency: null }).wrong).toEqual(['agency']);
    expect(read({ lastDay: 'завтра' }).wrong).toEqual(['lastDay']);
  });

  it('says the group of a topic only where its name is in several', () => {
    const fresh = { ...basis, seen: null };
    const pair = (topic: string | null, group: string) =>
      readRoute({ ...fields, topic, group, firstDay: '' }, fresh).value;
    expect(pair('Ямы', 'Дороги')).not.toHaveProperty('group');
    expect(pair('Другое', 'Школы')).toMatchObject({ topic: 'Другое', group: 'Школы' });
    expect(pair(null, 'Школы')).toMatchObject({ group: 'Школы' });
  });
});

describe('another agency', () => {
  const row = { ...SEEN, agency: 'heat' };

  it('from a day on closes the old route by that day and begins a new one', () => {
    const [closing, next] = changesOf(row, '2026-07-01', basis);
    expect(closing).toEqual({ row: { ...SEEN, validTo: at('2026-07-01') }, before: SEEN });
    expect(next).toMatchObject({ row: { agency: 'heat', validFrom: at('2026-07-01') }, before: null });
    expect(next?.row.id).not.toBe('seen');
  });

  it('in place of a mistake, or of a route that did not begin before, changes the one row', () => {
    expect(changesOf(row, '', basis)).toEqual([{ row, before: SEEN }]);
    expect(changesOf(row, '2025-12-31', basis)).toEqual([{ row, before: SEEN }]);
    expect(changesOf({ ...SEEN, validTo: NOW + 1 }, '2026-07-01', basis)).toHaveLength(1);
  });

  it('is tried as it is when all of it has come about', () => {
    const changes = changesOf(row, '2026-07-01', basis);
    expect(momentOfChanges(changes, NOW)).toBe(at('2026-07-01'));
    expect(momentOfChanges([{ row, before: SEEN }], NOW)).toBe(NOW);
    expect(tableAfter([SEEN], changes)).toEqual(changes.map((change) => change.row));
  });
});

it('last month is that of the region’s calendar', () => {
  expect(lastMonth(ZONE, NOW)).toEqual({ start: at('2026-05-01'), end: at('2026-06-01') });
  expect(lastMonth(ZONE, at('2026-01-01'))).toEqual({ start: at('2025-12-01'), end: at('2026-01-01') });
});
