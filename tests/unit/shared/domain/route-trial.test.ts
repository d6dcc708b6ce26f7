import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RouteBook } from '#shared/domain/route-book.ts';
import { coverOf } from '#shared/domain/route-cover.ts';
import { tryRoutes, type TriedMessage } from '#shared/domain/route-trial.ts';
import { suggestRoutes, type RoutingRule } from '#shared/domain/routing.ts';

const NOW = 1000;
const name = (of: string) => fc.constantFrom(`${of} 1`, `${of} 2`);
const maybe = (of: string) => fc.option(name(of), { nil: undefined });
const moment = fc.option(fc.integer({ min: 0, max: 2 * NOW }), { nil: undefined });
const pruned = (rule: object): RoutingRule =>
  Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== undefined)) as RoutingRule;
const rules = fc.uniqueArray(
  fc
    .record({
      id: fc.uuid(),
      topic: maybe('тема'),
      group: maybe('группа'),
      municipality: maybe('место'),
      agency: name('ведомство'),
      unit: maybe('отдел'),
      priority: fc.option(fc.integer({ min: -5, max: 50 }), { nil: undefined }),
      validFrom: moment,
      validTo: moment,
    })
    .map(pruned),
  { selector: ({ id }) => id, maxLength: 20 },
);
const someMessages = fc.array(
  fc.record({
    id: fc.uuid(),
    number: fc.nat(),
    topic: fc.option(name('тема')),
    group: fc.option(name('группа')),
    municipality: fc.option(name('место')),
  }),
);

it('finds in a table by pairs whom the whole of it proposes', () => {
  fc.assert(
    fc.property(rules, someMessages, (table, messages) => {
      const book = new RouteBook(table);
      for (const { topic, group, municipality } of messages)
        expect(book.first({ topic, group, municipality }, NOW)).toEqual(
          suggestRoutes(table, { topic, group, municipality, at: NOW })[0] ?? null,
        );
    }),
  );
});

describe('a trial', () => {
  const message = (id: string, topic: string, municipality = 'Город'): TriedMessage => ({
    id,
    number: 1,
    topic,
    group: 'Дороги',
    municipality,
  });
  const group: RoutingRule = { id: 'a', group: 'Дороги', agency: 'roads' };
  const topic: RoutingRule = { id: 'b', topic: 'Ямы', agency: 'city', unit: 'Отдел', validFrom: NOW + 5 };

  it('names the messages that would go elsewhere, though the table is not in force yet', () => {
    const messages = [message('1', 'Ямы'), message('2', 'Лужи')];
    const before = { book: new RouteBook([group]), at: NOW };
    const after = { book: new RouteBook([group, topic]), at: NOW + 5 };
    expect(tryRoutes(messages, before, after)).toEqual({
      total: 2,
      moved: [
        {
          message: messages[0],
          was: { agency: 'roads', unit: null },
          is: { agency: 'city', unit: 'Отдел' },
        },
      ],
    });
  });

  it('of a table against itself moves nothing, and a lost route moves to nobody', () => {
    fc.assert(
      fc.property(rules, someMessages, (table, messages) => {
        const at = { book: new RouteBook(table), at: NOW };
        expect(tryRoutes(messages, at, at)).toEqual({ total: messages.length, moved: [] });
      }),
    );
    const empty = { book: new RouteBook([]), at: NOW };
    expect(tryRoutes([message('1', 'Ямы')], { book: new RouteBook([group]), at: NOW }, empty).moved).toEqual([
      { message: message('1', 'Ямы'), was: { agency: 'roads', unit: null }, is: null },
    ]);
  });

  it('sees two agencies that merged as one', () => {
    const successor = (id: string): string => (id === 'old' ? 'roads' : id);
    const before = { book: new RouteBook([{ ...group, agency: 'old' }], successor), at: NOW };
    const after = { book: new RouteBook([group], successor), at: NOW };
    expect(tryRoutes([message('1', 'Ямы')], before, after).moved).toEqual([]);
  });
});

describe('the cover of pairs', () => {
  const names = {
    topics: [
      { name: 'Ямы', group: 'Дороги' },
      { name: 'Уроки', group: 'Школы' },
    ],
    municipalities: [{ name: 'Город' }, { name: 'Район' }],
  };

  it('counts what no route leads from, not even a default', () => {
    const routes: RoutingRule[] = [
      { id: 'a', topic: 'Ямы', municipality: 'Город', agency: 'x' },
      { id: 'b', group: 'Школы', agency: 'x' },
      { id: 'c', municipality: 'Район', agency: 'x', validTo: NOW },
    ];
    expect(coverOf(routes, names, NOW - 1)).toEqual({ pairs: 4, gaps: [] });
    expect(coverOf(routes, names, NOW)).toEqual({
      pairs: 4,
      gaps: [{ topic: 'Ямы', group: 'Дороги', municipality: 'Район' }],
    });
    expect(coverOf([], names, NOW).gaps).toHaveLength(4);
  });

  it('has a gap exactly where nobody is proposed', () => {
    fc.assert(
      fc.property(rules, (table) => {
        const all = {
          topics: [
            { name: 'тема 1', group: 'группа 1' },
            { name: 'тема 2', group: 'группа 2' },
          ],
          municipalities: [{ name: 'место 1' }, { name: 'место 2' }],
        };
        const book = new RouteBook(table);
        const without = all.topics.flatMap(({ name: topic, group }) =>
          all.municipalities
            .map(({ name: municipality }) => ({ topic, group, municipality }))
            .filter((pair) => book.first(pair, NOW) === null),
        );
        expect(coverOf(table, all, NOW).gaps).toEqual(without);
      }),
    );
  });
});
