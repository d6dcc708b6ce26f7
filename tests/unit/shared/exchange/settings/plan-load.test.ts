import { describe, expect, it, test } from 'vitest';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { RoutingRule } from '#shared/domain/routing.ts';
import { instantAtLocal } from '#shared/domain/time-zone.ts';
import { blobSource } from '#shared/exchange/byte-source.ts';
import { readLoad, type LoadPreview } from '#shared/exchange/settings/read-load.ts';
import { writeWorkbook } from '#shared/exchange/workbook-write.ts';

const ZONE = 'Asia/Vladivostok';
const AT = Date.UTC(2026, 5, 15, 3);
const agency = (id: string, name: string, more: object = {}) => ({
  id,
  name,
  shortName: id,
  kind: 'regional',
  units: ['Отдел'],
  verified: true,
  ...more,
});
const CITY: RoutingRule = { id: 'city', topic: 'Ямы', municipality: 'Город Биробиджан', agency: 'roads' };
const GROUP: RoutingRule = { id: 'group', group: 'Дороги', agency: 'roads', validFrom: AT - 1000 };
const ROWS = {
  agency: [
    agency('roads', 'Депдорог'),
    agency('heat', 'Тепло'),
    agency('old', 'Старое', { validTo: AT - 1 }),
    agency('a', 'Два имени'),
    agency('b', 'Два имени'),
  ],
  topic: [
    { name: 'Ямы', group: 'Дороги' },
    { name: 'Лужи', group: 'Дороги' },
    { name: 'Уроки', group: 'Школы' },
  ],
  municipality: [
    {
      id: 'city',
      name: 'Город Биробиджан',
      shortName: 'Биробиджан',
      kind: 'city',
      population: null,
      settlements: [],
    },
  ],
  route: [CITY, GROUP],
};
const HEAD = ['Тема', 'Муниципалитет', 'Ведомство'];

const read = (bytes: Uint8Array<ArrayBuffer>) =>
  readLoad(blobSource(new Blob([bytes])), 'route', {
    zone: ZONE,
    at: AT,
    rowsOf: (kind) => (kind in ROWS ? ROWS[kind as keyof typeof ROWS] : []),
    role: 'administrator',
    file: 'маршруты.xlsx',
  });
const bookOf = (rows: readonly (readonly string[])[]) =>
  writeWorkbook([{ name: 'Любое имя', rows, widths: HEAD.map(() => 10) }]);
const planned = async (...rows: readonly (readonly string[])[]): Promise<LoadPreview> => {
  const result = await read(bookOf(rows));
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
};

describe('a file', () => {
  it('adds, changes and leaves, and says each with what was and is', async () => {
    const plan = await planned(
      ['Маршруты региона на 2026 год'],
      [...HEAD, 'Заметка'],
      ['Ямы', 'биробиджан', 'Тепло', ''],
      ['лужи', '', 'heat', 'проверить'],
      ['', '', '', ''],
    );
    expect(plan.counts).toEqual({ added: 1, changed: 1, same: 0, wrong: 0 });
    expect(plan.changed).toEqual([
      {
        number: 3,
        name: 'Дороги · Ямы · Город Биробиджан',
        changes: [{ header: 'Ведомство', was: 'Депдорог', is: 'Тепло' }],
      },
    ]);
    expect(plan.unknown).toEqual(['Заметка']);
    const [command, ...others] = plan.commands;
    expect(others).toEqual([]);
    expect(command?.args).toMatchObject({
      kind: 'route',
      file: 'маршруты.xlsx',
      takesBack: null,
      rows: [
        { id: 'city', row: { ...CITY, agency: 'heat' }, from: { agency: 'roads' } },
        { row: { topic: 'Лужи', agency: 'heat' }, from: null },
      ],
    });
  });

  it('leaves days alone that it does not tell, and closes by those it does', async () => {
    const head = ['Группа тем', ...HEAD];
    expect((await planned(head, ['Дороги', '', '', 'Депдорог'])).counts.same).toBe(1);
    const plan = await planned([...head, 'Действует по'], ['Дороги', '', '', 'Депдорог', '30.06.2026']);
    expect(plan.commands[0]?.args.rows).toEqual([
      {
        id: 'group',
        row: { ...GROUP, validTo: instantAtLocal(ZONE, 20_635, 0) },
        from: { validTo: null },
      },
    ]);
  });

  it('closes a route and begins the next in whichever order its rows stand', async () => {
    const head = [...HEAD, 'Действует с', 'Действует по', 'Код'];
    const plan = await planned(
      head,
      ['Ямы', 'Биробиджан', 'Тепло', '2026-07-01', '', ''],
      ['Ямы', 'Биробиджан', 'Депдорог', '', '30.06.2026', 'city'],
    );
    expect(plan.wrong).toEqual([]);
    expect(plan.counts).toMatchObject({ added: 1, changed: 1 });
  });

  test.each([
    [
      'an unknown topic',
      ['Яма', '', 'Тепло'],
      { kind: 'cell', column: 'topic', value: 'Яма', why: 'unknown' },
    ],
    [
      'an unknown place',
      ['Ямы', 'Село', 'Тепло'],
      { kind: 'cell', column: 'municipality', value: 'Село', why: 'unknown' },
    ],
    ['no agency', ['Лужи', '', ''], { kind: 'cell', column: 'agency', value: '', why: 'missing' }],
    [
      'an agency of two',
      ['Лужи', '', 'Два имени'],
      { kind: 'cell', column: 'agency', value: 'Два имени', why: 'ambiguous' },
    ],
    [
      'a closed agency',
      ['Лужи', '', 'Старое'],
      { kind: 'refused', refusal: { kind: 'agency_closed', agency: 'old' } },
    ],
    ['nothing to lead from', ['', '', 'Тепло'], { kind: 'refused', refusal: { kind: 'route_from_nowhere' } }],
  ])('is told of %s by its row', async (_name, row, trouble) => {
    const plan = await planned(HEAD, ['Лужи', 'Биробиджан', 'Тепло'], row);
    expect(plan.wrong).toMatchObject([{ number: 3, trouble }]);
    expect(plan.counts).toMatchObject({ added: 1, wrong: 1 });
  });

  it('is told of a broken day, a broken number, a unit that is not there and a row that stands twice', async () => {
    const head = [...HEAD, 'Подразделение', 'Приоритет', 'Действует с'];
    const plan = await planned(
      head,
      ['Лужи', '', 'Тепло', '', '', '31.02.2026'],
      ['Лужи', '', 'Тепло', '', 'много', ''],
      ['Лужи', '', 'Тепло', 'Не отдел', '', ''],
      ['Ямы', 'Биробиджан', 'Депдорог', '', '', ''],
      ['Ямы', 'Биробиджан', 'Тепло', '', '', ''],
    );
    expect(
      plan.wrong.map(({ number, trouble }) => [number, trouble.kind === 'cell' ? trouble.why : trouble]),
    ).toEqual([
      [2, 'broken_date'],
      [3, 'broken_number'],
      [4, { kind: 'refused', refusal: { kind: 'unknown_unit', agency: 'heat', unit: 'Не отдел' } }],
      [6, { kind: 'repeated', first: 5 }],
    ]);
  });

  test.each([
    [
      'without our headers',
      [
        ['Столбец', 'Другой'],
        ['1', '2'],
      ],
      { kind: 'no_header_row' },
    ],
    [
      'without an agency',
      [
        ['Тема', 'Муниципалитет'],
        ['Ямы', ''],
      ],
      { kind: 'missing_columns', columns: ['Ведомство'] },
    ],
    ['of headers alone', [HEAD], { kind: 'empty_file' }],
  ])('%s is refused by name', async (_name, rows, refusal) => {
    expect(await read(bookOf(rows))).toEqual({ ok: false, refusal });
  });

  it('may be a csv of any delimiter, in Windows-1251 too', async () => {
    const lines = [HEAD, ['Лужи', 'Биробиджан', 'Тепло']];
    for (const delimiter of [';', ',', '\t']) {
      const text = lines.map((line) => line.join(delimiter)).join('\r\n');
      for (const bytes of [strToU8(text), in1251(text)]) {
        const result = await read(new Uint8Array(bytes));
        expect(result.ok && result.value.counts).toMatchObject({ added: 1, wrong: 0 });
      }
    }
  });
});

const in1251 = (text: string): Uint8Array =>
  Uint8Array.from(text, (letter) => {
    const code = letter.charCodeAt(0);
    return code < 128 ? code : code - 0x4_10 + 0xc0;
  });

/** A workbook with something put into its sheet. */
function altered(
  rows: readonly (readonly string[])[],
  change: (xml: string) => string,
): Uint8Array<ArrayBuffer> {
  const parts = unzipSync(bookOf(rows));
  const name = 'xl/worksheets/sheet1.xml';
  const sheet = strToU8(change(strFromU8(parts[name] ?? new Uint8Array())));
  return new Uint8Array(zipSync({ ...parts, [name]: sheet }));
}

describe('a sheet', () => {
  const rows = [HEAD, ['Лужи', 'Биробиджан', 'Тепло'], ['Уроки', '', 'Тепло'], ['Ямы', '', 'Тепло']];

  it('with merged cells is told so row by row, for a blank place would mean every place', async () => {
    const bytes = altered(rows, (xml) =>
      xml.replace('</sheetData>', '</sheetData><mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>'),
    );
    const result = await read(bytes);
    expect(result.ok && result.value.wrong).toMatchObject([
      { number: 2, trouble: { kind: 'merged' } },
      { number: 3, trouble: { kind: 'merged' } },
    ]);
    expect(result.ok && result.value.counts.added).toBe(1);
  });

  it('with hidden columns and rows is read, and says which', async () => {
    const bytes = altered(rows, (xml) =>
      xml
        .replace(/<col min="2" max="2"/, '<col hidden="1" min="2" max="2"')
        .replace('<row r="3"', '<row hidden="1" r="3"'),
    );
    const result = await read(bytes);
    expect(result.ok && result.value).toMatchObject({ hiddenColumns: ['Муниципалитет'], hiddenRows: 1 });
    expect(result.ok && result.value.counts.added).toBe(3);
  });
});
