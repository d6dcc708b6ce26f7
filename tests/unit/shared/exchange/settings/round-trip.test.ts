import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Agency } from '#shared/domain/directory.ts';
import { routesByPair } from '#shared/domain/records/route-surroundings.ts';
import { pairKey, type RoutingRule } from '#shared/domain/routing.ts';
import { instantAtLocal } from '#shared/domain/time-zone.ts';
import { blobSource } from '#shared/exchange/byte-source.ts';
import { readLoad } from '#shared/exchange/settings/read-load.ts';
import { settingsTable, type TableKind } from '#shared/exchange/settings/tables.ts';
import { writeSettings } from '#shared/exchange/settings/write-settings.ts';
import { TABLE_FORMATS, type TableFormat } from '#shared/exchange/table-write.ts';

const ZONE = 'Asia/Vladivostok';
const AT = Date.UTC(2026, 5, 15, 3);
const UNITS = ['Отдел «Дорог»', '=1+1', '-', ' с краю ', 'два;слова', 'строка\nвторая', '№ 5'];
const agency = (id: string, name: string): Agency => ({
  id,
  name,
  shortName: name,
  kind: 'regional',
  units: UNITS,
  verified: true,
});
const AGENCIES = [agency('roads', 'Дороги'), agency('heat', '=Тепло'), agency('twin', 'Близнец')];
const TOPICS = [
  { name: 'Ямы', group: 'Дороги' },
  { name: 'Другое', group: 'Дороги' },
  { name: 'Другое', group: 'Школы; сады' },
  { name: '★ "Лёд", снег', group: 'Дороги' },
];
const PLACES = ['Город', 'Район «Ё»', '007'];
const place = (name: string, index: number) => ({
  id: `place-${index}`,
  name,
  shortName: `${name} кр.`,
  kind: 'city',
  population: null,
  settlements: [],
});

const basisOf = (routes: readonly RoutingRule[]) => {
  const rows = { agency: AGENCIES, topic: TOPICS, municipality: PLACES.map(place), route: routes };
  return {
    zone: ZONE,
    at: AT,
    rowsOf: (kind: TableKind) => (kind in rows ? rows[kind as keyof typeof rows] : []),
  };
};
const read = (bytes: Uint8Array<ArrayBuffer>, routes: readonly RoutingRule[]) =>
  readLoad(blobSource(new Blob([bytes])), 'route', {
    ...basisOf(routes),
    role: 'administrator',
    file: 'маршруты.xlsx',
  });
const written = (format: TableFormat, routes: readonly RoutingRule[]) =>
  writeSettings(format, settingsTable('route', basisOf(routes)), routes);

/** Days and moments within one, of summer and winter. */
const moment = fc.option(
  fc
    .tuple(fc.integer({ min: 18_000, max: 22_000 }), fc.constantFrom(0, 0, 12_345_678))
    .map(([day, within]) => instantAtLocal(ZONE, day, within)),
  { nil: undefined },
);
const topicPair = fc.constantFrom(
  ...TOPICS.map(({ name, group }) => (name === 'Другое' ? { topic: name, group } : { topic: name })),
  { topic: 'Ямы', group: 'Дороги' },
  { group: 'Школы; сады' },
  {},
);
const route = fc
  .record({
    pair: topicPair,
    municipality: fc.option(fc.constantFrom(...PLACES), { nil: undefined }),
    agency: fc.constantFrom(...AGENCIES.map(({ id }) => id)),
    unit: fc.option(fc.constantFrom(...UNITS), { nil: undefined }),
    priority: fc.option(fc.integer({ min: -1_000_000, max: 1_000_000 }), { nil: undefined }),
    validFrom: moment,
    validTo: moment,
    id: fc.uuid(),
  })
  .map(({ pair, ...rest }) => {
    const [from, to] = [rest.validFrom, rest.validTo].toSorted((a, b) => (a ?? 0) - (b ?? 0));
    const days =
      rest.validFrom === undefined || rest.validTo === undefined ? {} : { validFrom: from, validTo: to };
    const whole = { ...pair, ...rest, ...days };
    return Object.fromEntries(
      Object.entries(whole).filter(([, value]) => value !== undefined),
    ) as unknown as RoutingRule;
  });
const table = fc.uniqueArray(route, { selector: ({ id }) => id, minLength: 1, maxLength: 12 });

describe.each(TABLE_FORMATS)('routes as %s', (format) => {
  it('come back the same, to the last field', async () => {
    await fc.assert(
      fc.asyncProperty(table, async (routes) => {
        const result = await read(written(format, routes), routes);
        expect(result.ok && result.value.counts).toEqual({
          added: 0,
          changed: 0,
          same: routes.length,
          wrong: 0,
        });
      }),
      { numRuns: 60 },
    );
  });

  it('come into an empty region as routes of the same pairs, agencies and days', async () => {
    await fc.assert(
      fc.asyncProperty(table, async (all) => {
        // One a pair, and none from nowhere: these the judge takes.
        const routes = [...routesByPair(all)].flatMap(([key, same]) =>
          key === pairKey({}) ? [] : same.slice(0, 1),
        );
        if (routes.length === 0) return;
        const result = await read(written(format, routes), []);
        if (!result.ok) throw new Error(result.refusal.kind);
        const { commands, wrong } = result.value;
        const saved = commands.flatMap(({ args }) => args.rows.map(({ row }) => row as RoutingRule));
        expect(saved.length + wrong.length).toBe(routes.length);
        for (const row of saved) {
          const from = routes.find(({ id }) => sameBut(row, routes, id));
          expect(from, JSON.stringify(row)).toBeDefined();
        }
      }),
      { numRuns: 40 },
    );
  });
});

/** The route of this id says the same as `row`, but for moments within a day and spaces at ends. */
function sameBut(row: RoutingRule, routes: readonly RoutingRule[], id: string): boolean {
  const route = routes.find((one) => one.id === id);
  const group = (one: RoutingRule) => (one.topic === 'Ямы' ? undefined : one.group);
  return (
    route !== undefined &&
    route.topic === row.topic &&
    group(route) === group(row) &&
    route.municipality === row.municipality &&
    route.agency === row.agency &&
    route.priority === row.priority &&
    (route.unit ?? '').trim() === (row.unit ?? '')
  );
}
