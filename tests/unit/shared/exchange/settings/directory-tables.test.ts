import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { AGENCY_KINDS, type Agency, type Municipality } from '#shared/domain/directory.ts';
import type { CentreRecord, ManyRecordsCommand } from '#shared/domain/record.ts';
import { decideRecords } from '#shared/domain/records/save-many.ts';
import { surroundingsOf } from '#shared/domain/records/surroundings-of.ts';
import { instantAtLocal } from '#shared/domain/time-zone.ts';
import { blobSource } from '#shared/exchange/byte-source.ts';
import { readLoad, type LoadPreview } from '#shared/exchange/settings/read-load.ts';
import { settingsTable } from '#shared/exchange/settings/tables.ts';
import { writeSettings } from '#shared/exchange/settings/write-settings.ts';
import { TABLE_FORMATS, type TableFormat } from '#shared/exchange/table-write.ts';
import { writeWorkbook } from '#shared/exchange/workbook-write.ts';

const ZONE = 'Asia/Vladivostok';
const AT = Date.UTC(2026, 5, 15, 3);

interface Rows {
  readonly agency?: readonly Agency[];
  readonly municipality?: readonly Municipality[];
}
type DirectoryKind = keyof Rows;
const basisOf = (rows: Rows, at = AT) => ({
  zone: ZONE,
  at,
  rowsOf: (kind: string) => (kind === 'agency' || kind === 'municipality' ? (rows[kind] ?? []) : []),
});
async function read(kind: DirectoryKind, bytes: Uint8Array<ArrayBuffer>, rows: Rows): Promise<LoadPreview> {
  const basis = { ...basisOf(rows), role: 'administrator', file: 'файл' } as const;
  const result = await readLoad(blobSource(new Blob([bytes])), kind, basis);
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}
const written = (kind: DirectoryKind, format: TableFormat, rows: Rows) =>
  writeSettings(format, settingsTable(kind, basisOf(rows)), rows[kind] ?? []);
const planned = (kind: DirectoryKind, rows: Rows, ...lines: readonly (readonly string[])[]) =>
  read(kind, writeWorkbook([{ name: 'Лист', rows: lines, widths: [10] }]), rows);
const savedBy = ({ commands }: LoadPreview): readonly CentreRecord[] =>
  commands.flatMap(({ args }) => args.rows.map(({ row }) => row));
const troublesOf = ({ wrong }: LoadPreview) =>
  wrong.map(({ number, trouble }) => [
    number,
    trouble.kind === 'cell' ? `${trouble.column} ${trouble.why}` : trouble,
  ]);

const present = <T extends object>(whole: T): T =>
  Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined)) as T;
const rarely = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });

const WORD = fc.constantFrom(
  'Дороги',
  '=1+1',
  '-',
  ' с краю ',
  'два;слова',
  'строка\nвторая',
  '№ 5',
  'Ё «ж»',
);
const FIRST = instantAtLocal(ZONE, 18_000, 0);
const day = fc
  .tuple(fc.integer({ min: 18_000, max: 22_000 }), fc.constantFrom(0, 0, 12_345_678))
  .map(([on, within]) => instantAtLocal(ZONE, on, within));
const lasting = fc
  .record({ from: rarely(day), days: rarely(fc.integer({ min: 1, max: 900 })) })
  .map(({ from, days }) =>
    present({
      validFrom: from,
      validTo: days === undefined ? undefined : (from ?? FIRST) + days * 86_400_000,
    }),
  );
const agency = fc
  .record({
    name: WORD,
    shortName: WORD,
    kind: fc.constantFrom(...AGENCY_KINDS),
    parent: rarely(fc.constantFrom('agency-0', 'nowhere')),
    units: fc.array(WORD, { maxLength: 4 }),
    verified: fc.boolean(),
    seenInImport: rarely(fc.constant(true)),
    genitive: rarely(fc.constantFrom('', 'мэрии', ' края ')),
    contacts: rarely(
      fc.record({ person: WORD, phone: fc.constantFrom('', '+7'), email: fc.constant(''), address: WORD }),
    ),
    lasting,
    successor: rarely(fc.constant('agency-0')),
  })
  .map(({ lasting: days, ...rest }) => present({ ...rest, ...days }));
const agencies = fc
  .array(agency, { minLength: 1, maxLength: 6 })
  .map((all) => all.map((one, at): Agency => ({ ...one, id: `agency-${at}`, name: `${one.name} ${at}` })));

const STREETS = Array.from({ length: 3000 }, (_, at) => `улица Длинного Названия ${at}`);
const settlement = fc
  .record({
    name: WORD,
    kind: fc.constantFrom('г', 'с', '', 'ст '),
    streets: rarely(fc.constantFrom([], ['Мира', ' Садовая '], ['два;слова'], STREETS)),
  })
  .map(present);
const municipalities = fc
  .array(
    fc
      .record({
        kind: fc.constantFrom('city' as const, 'district' as const, 'other' as const),
        population: fc.option(
          fc.record({
            count: fc.integer({ min: 1, max: 5_000_000 }),
            year: fc.integer({ min: 1900, max: 2099 }),
            verified: fc.boolean(),
          }),
        ),
        settlements: fc.uniqueArray(settlement, { maxLength: 4, selector: ({ name }) => name }),
        verified: rarely(fc.boolean()),
        lasting,
      })
      .map(({ lasting: days, ...rest }) => present({ ...rest, ...days })),
    { minLength: 1, maxLength: 4 },
  )
  .map((all) =>
    all.map((one, at) => ({ ...one, id: `p-${at}`, name: `Район ${at}`, shortName: `Р ${at}` })),
  ) as fc.Arbitrary<Municipality[]>;

describe.each(TABLE_FORMATS)('directories as %s', (format) => {
  it('come back the same, to the last field', async () => {
    await fc.assert(
      fc.asyncProperty(agencies, municipalities, async (all, places) => {
        const rows = { agency: all, municipality: places };
        for (const kind of ['agency', 'municipality'] as const) {
          const { counts, wrong } = await read(kind, written(kind, format, rows), rows);
          expect(wrong).toEqual([]);
          expect(counts).toMatchObject({ added: 0, changed: 0, same: rows[kind].length });
        }
      }),
      { numRuns: 25 },
    );
  });
});

const plain = (id: string, name: string, more: Partial<Agency> = {}): Agency => ({
  id,
  name,
  shortName: name.slice(0, 20),
  kind: 'municipal',
  units: [],
  verified: true,
  ...more,
});
const place = (id: string, name: string, more: Partial<Municipality> = {}): Municipality => ({
  id,
  name,
  shortName: name.slice(0, 20),
  kind: 'district',
  population: null,
  settlements: [],
  ...more,
});

it('come into an empty region as they are, whatever the order of their rows', async () => {
  const all = [
    plain('roads', 'Депдорог', { parent: 'government', units: ['Отдел', 'Участок'], kind: 'regional' }),
    plain('old', 'Упрдор', { validTo: FIRST, successor: 'roads' }),
    plain('government', 'Правительство', { contacts: { person: 'И', phone: '2', email: '', address: '' } }),
  ];
  const places = [
    place('lenin', 'Ленинский район', { validTo: FIRST, successor: 'city', verified: true }),
    place('city', 'Город', {
      population: { count: 70_000, year: 2026, verified: true },
      settlements: [
        { kind: 'г', name: 'Город', streets: STREETS },
        { kind: 'с', name: 'Валдгейм' },
      ],
    }),
  ];
  for (const format of TABLE_FORMATS) {
    const agency = await read('agency', written('agency', format, { agency: all }), {});
    expect(agency.wrong).toEqual([]);
    expect(new Set(savedBy(agency))).toEqual(new Set(all));
    const municipality = await read(
      'municipality',
      written('municipality', format, { municipality: places }),
      {},
    );
    expect(municipality.wrong).toEqual([]);
    expect(new Set(savedBy(municipality))).toEqual(new Set(places));
  }
});

describe('a table of agencies', () => {
  const rows = { agency: [plain('hall', 'Мэрия'), plain('water', 'Водоканал')] };
  const HEAD = ['Ведомство', 'Краткое имя', 'Входит в', 'Преемник', 'Действует по'];

  test.each([
    ['a name that looks like another', ['Mэрия «»', 'М2'], { kind: 'name_taken', agency: 'hall' }],
    ['a short name that is taken', ['Новое', 'Водоканал'], { kind: 'short_name_taken', agency: 'water' }],
    ['a long short name', ['Новое', 'Новое ведомство надолго'], { kind: 'short_name_long', limit: 20 }],
    ['a successor of one that goes on', ['Новое', '', '', 'Мэрия'], { kind: 'successor_of_open' }],
  ])('is told of %s', async (_name, line, refusal) => {
    // The first is refused for looking like the hall, and not taken for it: its letters are others.
    const cells = [...line, '', '', '', ''].slice(0, HEAD.length);
    const { wrong } = await planned('agency', rows, [...HEAD, 'Код'], [...cells, 'new']);
    expect(wrong).toMatchObject([{ number: 2, trouble: { kind: 'refused', refusal } }]);
  });

  it('is told of cells that it cannot take, and of one agency twice', async () => {
    const plan = await planned(
      'agency',
      rows,
      [...HEAD, 'Вид', 'Подтверждено', 'Код'],
      ['', 'Без имени', '', '', '', '', '', ''],
      ['Очень длинное название ведомства', '', '', '', '', '', '', ''],
      ['Первое', '', 'Никто', '', '', '', '', ''],
      ['Второе', '', '', '', '31.02.2026', '', '', ''],
      ['Третье', '', '', '', '', 'министерство', '', ''],
      ['Четвёртое', '', '', '', '', '', 'возможно', ''],
      ['Пятое', '', '', '', '', '', '', 'Не Код'],
      ['Шестое', '', '', '', '', '', '', ''],
      ['Шестое.', '', '', '', '', '', '', ''],
    );
    expect(troublesOf(plan)).toEqual([
      [2, 'name missing'],
      [3, 'shortName missing'],
      [4, 'parent unknown'],
      [5, 'lastDay broken_date'],
      [6, 'kind unknown'],
      [7, 'verified unknown'],
      [8, 'id unknown'],
      [10, { kind: 'repeated', first: 9 }],
    ]);
    expect(plan.counts.added).toBe(1);
  });

  it('is told of successors and of parts that go round in a ring', async () => {
    const ring = await planned(
      'agency',
      rows,
      HEAD,
      ['Мэрия', '', '', 'Водоканал', '30.06.2026'],
      ['Водоканал', '', '', 'Мэрия', '30.06.2026'],
      ['Одно', '', 'Другое', '', ''],
      ['Другое', '', 'Одно', '', ''],
    );
    expect(ring.counts).toMatchObject({ added: 0, changed: 0, wrong: 4 });
    for (const { trouble } of ring.wrong)
      expect(trouble.kind === 'refused' && trouble.refusal.kind).toMatch(/agencies_in_ring|agency_closed/);
  });

  it('brings a hundred agencies of one parent that stands last, all in one command', async () => {
    const parts = Array.from({ length: 100 }, (_, at) => [`Отдел ${at}`, '', 'Правительство', '', '']);
    const { commands, wrong } = await planned('agency', {}, HEAD, ...parts, [
      'Правительство',
      '',
      '',
      '',
      '',
    ]);
    expect([wrong, commands.length]).toEqual([[], 1]);
    expect(decided('agency', {}, commands).ok).toBe(true);
  });

  it('of more than a command holds names nothing before it is there', async () => {
    const parts = Array.from({ length: 700 }, (_, at) => [`Отдел ${at}`, '', 'Правительство', '', '']);
    const { commands, wrong } = await planned('agency', {}, HEAD, ...parts, [
      'Правительство',
      '',
      '',
      '',
      '',
    ]);
    expect([wrong, commands.length]).toEqual([[], 2]);
    expect(decided('agency', {}, commands).ok).toBe(true);
  });

  it('that was taken back may be loaded again; one that was merged stays merged', async () => {
    const table = settingsTable('agency', basisOf(rows));
    const closed = table.close(plain('gone', 'Ушедшее', { validFrom: AT + 5 }), AT) as Agency;
    expect(closed.validTo).toBe(AT + 6);
    const over = plain('gone', 'Ушедшее', { validTo: AT });
    const merged = plain('old', 'Слитое', { validTo: AT, successor: 'hall' });
    const again = await planned(
      'agency',
      { agency: [...rows.agency, over, merged] },
      HEAD,
      ['Ушедшее', 'Ушедшее'],
      ['Слитое', 'Слитое'],
    );
    expect(again.counts).toEqual({ added: 0, changed: 1, same: 1, wrong: 0 });
    expect(savedBy(again)).toEqual([plain('gone', 'Ушедшее')]);
  });
});

/** All commands of a load decided in turn, as the store and the API do. */
function decided(kind: DirectoryKind, rows: Rows, commands: readonly ManyRecordsCommand[]) {
  const now = new Map<string, CentreRecord>((rows[kind] ?? []).map((row) => [row.id, row]));
  for (const command of commands) {
    const surroundings = surroundingsOf(kind, (wanted) => (wanted === kind ? [...now.values()] : []), AT);
    const decision = decideRecords(now, command, { role: 'administrator', surroundings });
    if (!decision.ok) return decision;
    for (const { id, row } of decision.rows) now.set(id, row);
  }
  return { ok: true } as const;
}

describe('a table of municipalities', () => {
  const HEAD = ['Муниципалитет', 'Жителей', 'На год', 'Тип поселения', 'Населённый пункт', 'Улицы'];
  const there = place('city', 'Город', {
    settlements: [{ kind: 'с', name: 'Валдгейм', streets: ['Мира'] }],
  });

  it('takes several lines as one, counts settlements up, and says what changes', async () => {
    const plan = await planned(
      'municipality',
      { municipality: [there] },
      HEAD,
      ['Город', '70 000', '2026', 'с', 'Валдгейм', 'Мира'],
      ['Город', '', '', 'с', 'Бирофельд', 'Лесная'],
      ['город', '', '', 'с', 'Бирофельд', 'Садовая; Лесная'],
    );
    expect(plan.wrong).toEqual([]);
    expect(plan.rows).toBe(3);
    expect(plan.changed).toMatchObject([
      {
        number: 2,
        changes: [
          { header: 'Жителей', was: '', is: '70000' },
          { header: 'На год', was: '', is: '2026' },
          { header: 'Населённый пункт', was: '', is: 'с Бирофельд: Лесная; Садовая' },
        ],
      },
    ]);
    expect(savedBy(plan)).toMatchObject([
      { settlements: [{ name: 'Валдгейм' }, { name: 'Бирофельд', streets: ['Лесная', 'Садовая'] }] },
    ]);
  });

  it('leaves what it has no column for: kinds, streets, and settlements of one that it only counts', async () => {
    const counted = await planned('municipality', { municipality: [there] }, HEAD.slice(0, 5), [
      'Город',
      '5',
      '2026',
      '',
      '',
    ]);
    expect(savedBy(counted)).toMatchObject([{ settlements: there.settlements }]);
    const named = await planned(
      'municipality',
      { municipality: [there] },
      ['Муниципалитет', 'Населённый пункт'],
      ['Город', 'Валдгейм'],
    );
    expect(named.counts).toMatchObject({ same: 1, changed: 0 });
  });

  it('is told of lines that do not agree, of half a population and of a settlement without a name', async () => {
    const plan = await planned(
      'municipality',
      {},
      HEAD,
      ['Первый', '10', '2026', '', '', ''],
      ['Первый', '12', '', '', '', ''],
      ['Второй', '10', '', '', '', ''],
      ['Третий', '10', '26', '', '', ''],
      ['Четвёртый', '', '', 'с', '', 'Мира'],
      ['', '', '', 'с', 'Ничей', ''],
    );
    expect(troublesOf(plan)).toEqual([
      [2, 'count differs'],
      [4, 'year missing'],
      [5, 'year broken_number'],
      [6, 'settlement missing'],
      [7, 'name missing'],
    ]);
    expect(plan.wrong[0]?.trouble).toMatchObject({ value: '10 / 12' });
  });

  it('is told of two settlements that look the same and of successors in a ring', async () => {
    const twice = await planned(
      'municipality',
      {},
      HEAD,
      ['Первый', '', '', 'с', 'Мир', ''],
      ['Первый', '', '', 'с', 'Mир', ''],
    );
    expect(troublesOf(twice)).toEqual([
      [2, { kind: 'refused', refusal: { kind: 'settlement_twice', settlement: 'с Mир' } }],
    ]);
    const ring = await planned(
      'municipality',
      {},
      ['Муниципалитет', 'Действует по', 'Преемник'],
      ['Первый', '30.06.2026', 'Второй'],
      ['Второй', '30.06.2026', 'Первый'],
    );
    expect(troublesOf(ring)).toMatchObject([
      [2, { refusal: { kind: 'places_in_ring' } }],
      [3, { refusal: { kind: 'places_in_ring' } }],
    ]);
  });
});
