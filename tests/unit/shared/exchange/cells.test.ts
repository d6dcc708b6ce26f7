import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCell, writeCell, type RawCell } from '#shared/exchange/cells.ts';
import { COLUMN, COLUMNS, type ColumnKey } from '#shared/exchange/columns.ts';
import { isEmptyWord } from '#shared/exchange/empty-words.ts';
import { headerKey } from '#shared/exchange/header-map.ts';
import { putMentions, takeMentions } from '#shared/exchange/mentions.ts';
import { originOf } from '#shared/exchange/network.ts';
import { fingerprintOf, importedId } from '#shared/exchange/row-identity.ts';
import { readClosing, readOutcome, readStep, readType, stepWord } from '#shared/exchange/words.ts';
import { STEP_NAMES } from '#shared/domain/step.ts';
import { ZONE } from '#tests/fixtures/exchange.ts';

const read = (key: ColumnKey, raw: RawCell): unknown => {
  const cell = readCell(COLUMN[key], raw, ZONE);
  if (!cell.ok) return { error: cell.kind };
  return cell.warning === null ? cell.value : { value: cell.value, warning: cell.warning };
};

describe('columns', () => {
  test('are 47, lettered as a spreadsheet letters them, and no two headers are alike', () => {
    expect(COLUMNS).toHaveLength(47);
    const letters = COLUMNS.map((_, at) => (at < 26 ? '' : 'A') + String.fromCharCode(65 + (at % 26)));
    expect(COLUMNS.map(({ letter }) => letter)).toEqual(letters);
    expect(new Set(COLUMNS.map(({ header }) => headerKey(header))).size).toBe(47);
  });
});

describe('cells', () => {
  test.each<[ColumnKey, RawCell, unknown]>([
    ['createdAt', '2025-12-17 20:11:05', '2025-12-17 20:11:05'],
    ['createdAt', '2025-12-17T20:11', '2025-12-17 20:11:00'],
    ['createdAt', '17.12.2025 20:11:05', '2025-12-17 20:11:05'],
    ['createdAt', 46008.84103009259, '2025-12-17 20:11:05'],
    ['createdAt', '2025-02-30 10:00:00', { error: 'broken_date' }],
    ['createdAt', '2205-02-03 10:00:00', { error: 'broken_date' }],
    ['createdAt', 1e300, { error: 'broken_date' }],
    ['firstReplyWall', 0.5, 0.5],
    ['firstReplyWall', '0,5', 0.5],
    ['firstReplyWall', '36:00:00', 1.5],
    ['firstReplyWall', 'долго', { value: '', warning: 'unread_span' }],
    ['audience', '225 538', 225_538],
    ['audience', '1.5', { value: '', warning: 'unread_number' }],
    ['number', '1.5', { error: 'bad_number' }],
    ['number', '№ 21 874', 21_874],
    ['id', '38110421.0', 38_110_421],
    ['id', '3,811E+07', { error: 'bad_number' }],
    ['id', '—', { value: '', warning: 'no_value' }],
    ['number', 3_000_000_000, { error: 'bad_number' }],
    ['text', "'Первая<br>вторая<BR/>третья", 'Первая\nвторая\nтретья'],
    ['text', "''в кавычках'", "'в кавычках'"],
    ['street', "'=1+1", '=1+1'],
    ['street', "д'Артаньяна", "д'Артаньяна"],
    ['street', "'Абвер'", "'Абвер'"],
    ['settlement', 'С'.repeat(600), { value: '', warning: 'too_long' }],
    ['text', 'Т'.repeat(100_002), { error: 'too_long' }],
    ['text', '#ИМЯ?', { error: 'error_cell' }],
    ['text', '-', '-'],
    ['reply1', '-', { value: '', warning: 'no_value' }],
    ['agency', 'Н/Д', { value: '', warning: 'no_value' }],
    ['agencyInTime', '-', '-'],
    ['step', 'На доработке', { value: 'На доработке', warning: 'unknown_step' }],
    ['outcome', 'Закрыто', 'Закрыто'],
    ['outcome', 'Иное', { value: 'Иное', warning: 'unknown_word' }],
    ['surveySent', 'TRUE', 'TRUE'],
    ['closedAt', 'позавчера', { value: '', warning: 'broken_date' }],
    ['closedAt', '01/02/2025', { value: '', warning: 'ambiguous_date' }],
    ['createdAt', '01/02/2025', { error: 'ambiguous_date' }],
    ['text', null, ''],
  ])('%s: %j', (key, raw, expected) => {
    expect(read(key, raw)).toEqual(expected);
  });

  test('nothing a resident writes leaves as a formula, and every text comes back', () => {
    const text = fc.string({
      maxLength: 20,
      unit: fc.constantFrom('=', '+', '-', '@', "'", '\t', 'а', '1', '(', ' '),
    });
    const keys = COLUMNS.filter(({ kind }) => ['name', 'text', 'url', 'guarded'].includes(kind)).map(
      ({ key }) => key,
    );
    fc.assert(
      fc.property(text, fc.constantFrom(...keys), (value, key) => {
        const cell = writeCell(COLUMN[key], value);
        expect(cell === '-' || !/^[=+\-@\t\r]/.test(String(cell ?? ''))).toBe(true);
        // A lone dash says nothing, but in a resident's text; the row gives it back all the same
        // (odd-cells.test.ts).
        const nothing = { value: '', warning: 'no_value' };
        expect(isEmptyWord(value) ? [value, nothing] : [value]).toContainEqual(read(key, cell));
      }),
      { numRuns: 2000 },
    );
  });
});

test('mentions leave a text readable and can be put back, whatever stands around them', () => {
  const piece = fc.oneof(
    fc.constantFrom('[club1|Город]', '[id7|Анна]', '[x|y]', '[[id1|А]|', '|', 'Город', ' '),
    fc.string({ maxLength: 5 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      const original = pieces.join('');
      const { text, mentions } = takeMentions(original);
      expect(putMentions(text, mentions)).toBe(original);
    }),
  );
  expect(takeMentions('[club700000|Город Б.], снег!').text).toBe('Город Б., снег!');
  const answer = '[id12:bp-5_7|Анна], и у нас';
  const { text, mentions } = takeMentions(answer);
  expect([text, putMentions(text, mentions)]).toEqual(['Анна, и у нас', answer]);
});

describe('words', () => {
  test('every step is read back from our own word for it', () => {
    expect(STEP_NAMES.map((step) => readStep(stepWord(step)))).toEqual(STEP_NAMES);
  });

  test('the registry writes some in two ways; what nobody knows is null', () => {
    expect([readType('Не решаемый'), readType('нерешаемый'), readType('Иной')]).toEqual([
      'unsolvable',
      'unsolvable',
      null,
    ]);
    expect([readOutcome('Не решено'), readOutcome('Закрыто')]).toEqual(['not_solved', null]);
    expect(readStep('оценка  удовлетворённости')).toBe('satisfaction');
    expect(readClosing('5')).toEqual({ reason: 'grade', grade: 5 });
    expect(readClosing('6')).toBeNull();
  });
});

test.each<[string, string, string, string]>([
  ['http://vk.com/wall-700000_1200?reply=1207&thread=1203', '', 'vk', 'comment'],
  ['http://vk.com/wall-700000_1300', '', 'vk', 'post'],
  ['https://vk.com/gim700000?msgid=55&sel=700000004', '', 'vk', 'direct'],
  ['http://ok.ru/group/70000000000001/topic/157000000000001#QUFBPQ==', '', 'ok', 'comment'],
  ['https://ok.ru/group/1/topic/2', '', 'ok', 'post'],
  ['http://telegram.me/example_channel/410?comment=77', '', 'telegram', 'comment'],
  ['https://t.me/example_channel/410', '', 'telegram', 'post'],
  ['https://max.ru/channel/12', '', 'max', 'post'],
  ['', 'http://vk.com/club1', 'vk', 'other'],
  ['https://notvk.com/wall-1_1', '', 'other', 'other'],
  ['https://example.org/?u=vk.com/wall-1_1', '', 'other', 'other'],
])('%s is %s %s %s', (post, place, network, kind) => {
  expect(originOf(post, place)).toEqual({ network, kind });
});

describe('identity', () => {
  test('the same row is the same incident for ever; region, ID and number all count', () => {
    expect(importedId('eao', 38_110_421, 21_874)).toBe(importedId('eao', 38_110_421, 21_874));
    const ids = [
      importedId('eao', 1, 2),
      importedId('amur', 1, 2),
      importedId('eao', 2, 2),
      importedId('eao', 1, 3),
      importedId('eao', null, 2),
    ];
    expect(new Set(ids).size).toBe(5);
    expect(importedId('eao', 38_110_421, 21_874)).toMatchInlineSnapshot(
      `"f4a36701-9e09-5a39-9b14-8e49473ee3a1"`,
    );
  });

  test('a row says the same in any order of columns and with empty ones left out, and another thing when a cell differs', () => {
    const row = { known: { number: 1, text: 'Яма', topic: '' }, unknown: { Б: 1, А: '' } };
    expect(fingerprintOf({ known: { text: 'Яма', number: 1 }, unknown: { Б: 1 } })).toBe(fingerprintOf(row));
    expect(fingerprintOf({ ...row, known: { ...row.known, topic: 'Дороги' } })).not.toBe(fingerprintOf(row));
    expect(fingerprintOf({ ...row, unknown: { Б: 2 } })).not.toBe(fingerprintOf(row));
  });
});
