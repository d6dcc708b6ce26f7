import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { NETWORKS, OUTCOMES } from '#shared/domain/incident.ts';
import { instantAtLocal } from '#shared/domain/time-zone.ts';
import type { CentreRecord } from '#shared/domain/record.ts';
import { decideRecords } from '#shared/domain/records/save-many.ts';
import { surroundingsOf } from '#shared/domain/records/surroundings-of.ts';
import { TEMPLATE_LENGTH, type ReplyTemplate } from '#shared/domain/templates/reply-template.ts';
import { blobSource } from '#shared/exchange/byte-source.ts';
import { readLoad, type LoadPreview } from '#shared/exchange/settings/read-load.ts';
import { settingsTable, type TableKind } from '#shared/exchange/settings/tables.ts';
import { writeSettings } from '#shared/exchange/settings/write-settings.ts';
import { TABLE_FORMATS } from '#shared/exchange/table-write.ts';
import { writeWorkbook } from '#shared/exchange/workbook-write.ts';

const ZONE = 'Asia/Vladivostok';
const AT = Date.UTC(2026, 5, 15, 3);
const TOPICS = [
  { name: 'Ямы', group: 'Дороги' },
  { name: 'Вода', group: 'ЖКХ' },
];

const basisOf = (templates: readonly ReplyTemplate[]) => ({
  zone: ZONE,
  at: AT,
  rowsOf: (kind: TableKind): readonly unknown[] =>
    kind === 'reply_template' ? templates : kind === 'topic' ? TOPICS : [],
});
async function read(bytes: Uint8Array<ArrayBuffer>, templates: readonly ReplyTemplate[]) {
  const basis = { ...basisOf(templates), role: 'administrator', file: 'файл' } as const;
  const result = await readLoad(blobSource(new Blob([bytes])), 'reply_template', basis);
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}
const planned = (templates: readonly ReplyTemplate[], ...lines: readonly (readonly string[])[]) =>
  read(writeWorkbook([{ name: 'Лист', rows: lines, widths: [10] }]), templates);
const savedBy = ({ commands }: LoadPreview): readonly CentreRecord[] =>
  commands.flatMap(({ args }) => args.rows.map(({ row }) => row));

const orNull = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });
const TEXT = fc.constantFrom('{обращение} Готово.', 'Две\nстроки; и точка', '=1+1', '- пункт');
const templates = fc
  .array(
    fc.record({
      name: fc.constantFrom('Снег', '=1+1', '-', 'два;слова'),
      text: TEXT,
      group: orNull(fc.constantFrom('Дороги', 'Забытая')),
      topic: orNull(fc.constantFrom('Ямы', 'Тема прошлых лет')),
      outcome: orNull(fc.constantFrom(...OUTCOMES)),
      network: orNull(fc.constantFrom(...NETWORKS)),
      season: orNull(fc.constantFrom({ from: '11-01', to: '03-31' }, { from: '02-29', to: '02-29' })),
      validFrom: orNull(fc.constantFrom(instantAtLocal(ZONE, 20_000, 0), AT - 12_345)),
      validTo: orNull(fc.constant(instantAtLocal(ZONE, 22_000, 0))),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((all) => all.map((one, at): ReplyTemplate => ({ ...one, id: `t-${at}` })));

test.each(TABLE_FORMATS)('templates as %s come back the same, to the last field', async (format) => {
  await fc.assert(
    fc.asyncProperty(templates, async (rows) => {
      const file = writeSettings(format, settingsTable('reply_template', basisOf(rows)), rows);
      const { counts, wrong } = await read(file, rows);
      expect(wrong).toEqual([]);
      expect(counts).toMatchObject({ added: 0, changed: 0, same: rows.length });
    }),
    { numRuns: 25 },
  );
});

const HEAD = ['Название', 'Текст', 'Тема', 'Итог', 'Откуда сообщение', 'Каждый год с', 'Каждый год по'];
const LINE = ['Ямы летом', '{обращение} Засыплют до {срок}.', 'ямы', 'Решено', 'вк', '1.6', '31.08'];

describe('a file of templates', () => {
  it('names what it means as people do, and the centre accepts it', async () => {
    const preview = await planned([], HEAD, LINE);
    expect(savedBy(preview)).toEqual([
      {
        id: 'yamy-letom',
        name: 'Ямы летом',
        text: '{обращение} Засыплют до {срок}.',
        group: 'Дороги',
        topic: 'Ямы',
        outcome: 'solved',
        network: 'vk',
        season: { from: '06-01', to: '08-31' },
        validFrom: null,
        validTo: null,
      },
    ]);
    const [command] = preview.commands;
    const surroundings = surroundingsOf('reply_template', basisOf([]).rowsOf, AT);
    const occasion = { role: 'administrator', surroundings } as const;
    expect(command !== undefined && decideRecords(new Map(), command, occasion).ok).toBe(true);
  });

  test.each([
    ['no text', ['Ямы', ''], 'text missing'],
    ['no name', ['', 'Готово.'], 'name missing'],
    ['a variable of no name', ['Ямы', '{сорк}'], 'unknown_variable'],
    ['an unknown topic', ['Ямы', 'Готово.', 'Лужи'], 'topic unknown'],
    ['an unknown outcome', ['Ямы', 'Готово.', '', 'Хорошо'], 'outcome unknown'],
    ['a day of no year', ['Ямы', 'Готово.', '', '', '', '30.02', '31.03'], 'seasonFrom broken_date'],
    ['half a season', ['Ямы', 'Готово.', '', '', '', '01.11', ''], 'seasonTo missing'],
    ['too long a text', ['Ямы', 'я'.repeat(TEMPLATE_LENGTH + 1)], 'text too_long'],
  ])('with %s is refused by its row', async (_name, line, why) => {
    const { wrong } = await planned([], HEAD, line);
    expect(
      wrong.map(({ number, trouble }) => [
        number,
        trouble.kind === 'cell'
          ? `${trouble.column} ${trouble.why}`
          : trouble.kind === 'refused'
            ? trouble.refusal.kind
            : trouble.kind,
      ]),
    ).toEqual([[2, why]]);
  });
});
