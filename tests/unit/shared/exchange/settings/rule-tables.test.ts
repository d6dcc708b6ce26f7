import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  BASIS_LENGTH,
  DEADLINE_STARTS,
  DEADLINE_UNITS,
  type DeadlinePolicy,
} from '#shared/domain/deadline.ts';
import type { Agency } from '#shared/domain/directory.ts';
import { defaultPolicies } from '#shared/domain/data/default-policies.ts';
import { IMPORTANCES, NETWORKS } from '#shared/domain/incident.ts';
import type { ImportanceRule } from '#shared/domain/importance-rule.ts';
import type { CentreRecord } from '#shared/domain/record.ts';
import { decideRecords } from '#shared/domain/records/save-many.ts';
import { surroundingsOf } from '#shared/domain/records/surroundings-of.ts';
import { instantAtLocal, localDayAt } from '#shared/domain/time-zone.ts';
import { blobSource } from '#shared/exchange/byte-source.ts';
import { readLoad, type LoadPreview } from '#shared/exchange/settings/read-load.ts';
import { settingsTable, type TableKind } from '#shared/exchange/settings/tables.ts';
import { writeSettings } from '#shared/exchange/settings/write-settings.ts';
import { TABLE_FORMATS, type TableFormat } from '#shared/exchange/table-write.ts';
import { writeWorkbook } from '#shared/exchange/workbook-write.ts';

const ZONE = 'Asia/Vladivostok';
const AT = Date.UTC(2026, 5, 15, 3);
const TODAY = instantAtLocal(ZONE, localDayAt(ZONE, AT), 0);
const DAY = 86_400_000;

const agency = (id: string, name: string): Agency => ({
  id,
  name,
  shortName: name,
  kind: 'regional',
  units: [],
  verified: true,
});
const AGENCIES = [agency('roads', 'Дороги'), agency('heat', '=Тепло')];
const TOPICS = [
  { name: 'Ямы', group: 'Дороги' },
  { name: 'Другое', group: 'Дороги' },
  { name: 'Другое', group: 'Школы; сады' },
];

interface Rows {
  readonly policy?: readonly DeadlinePolicy[];
  readonly importance_rule?: readonly ImportanceRule[];
}
type RuleKind = keyof Rows;
const basisOf = (rows: Rows, at = AT) => {
  const all = { agency: AGENCIES, topic: TOPICS, ...rows };
  const rowsOf = (kind: TableKind): readonly unknown[] =>
    (kind in all ? all[kind as keyof typeof all] : []) ?? [];
  return { zone: ZONE, at, rowsOf };
};

async function read(
  kind: RuleKind,
  bytes: Uint8Array<ArrayBuffer>,
  rows: Rows,
  at = AT,
): Promise<LoadPreview> {
  const basis = { ...basisOf(rows, at), role: 'administrator', file: 'файл' } as const;
  const result = await readLoad(blobSource(new Blob([bytes])), kind, basis);
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}
const written = (kind: RuleKind, format: TableFormat, rows: Rows) =>
  writeSettings(format, settingsTable(kind, basisOf(rows)), rows[kind] ?? []);
const planned = (kind: RuleKind, rows: Rows, ...lines: readonly (readonly string[])[]) =>
  read(kind, writeWorkbook([{ name: 'Лист', rows: lines, widths: [10] }]), rows);
const savedBy = ({ commands }: LoadPreview): readonly CentreRecord[] =>
  commands.flatMap(({ args }) => args.rows.map(({ row }) => row));
const troublesOf = ({ wrong }: LoadPreview) =>
  wrong.map(({ number, trouble }) => [
    number,
    trouble.kind === 'cell'
      ? `${trouble.column} ${trouble.why}`
      : trouble.kind === 'refused'
        ? trouble.refusal.kind
        : trouble.kind,
  ]);

const WORD = fc.constantFrom('Дороги', '=1+1', '-', ' с краю ', 'два;слова', '№ 5', 'Ё «ж»');
const orNull = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });
const lasting = fc
  .record({
    from: fc.tuple(fc.integer({ min: 18_000, max: 22_000 }), fc.constantFrom(0, 0, 12_345_678)),
    days: orNull(fc.integer({ min: 1, max: 900 })),
  })
  .map(({ from: [day, within], days }) => {
    const validFrom = instantAtLocal(ZONE, day, within);
    return { validFrom, validTo: days === null ? null : validFrom + days * DAY };
  });
const choice = fc.constantFrom(
  { group: null, topic: null },
  { group: 'Школы; сады', topic: null },
  { group: 'Дороги', topic: 'Ямы' },
  { group: null, topic: 'Другое' },
  { group: 'Забытая', topic: 'Тема прошлых лет' },
);
const policies = fc
  .array(
    fc
      .record({
        name: WORD,
        start: fc.constantFrom(...DEADLINE_STARTS),
        unit: fc.constantFrom(...DEADLINE_UNITS),
        minutes: fc.constantFrom(1, 59, 60, 61, 540, 5_270_400),
        importance: orNull(fc.constantFrom(...IMPORTANCES)),
        choice,
        agency: orNull(fc.constantFrom('roads', 'heat', 'nowhere')),
        network: orNull(fc.constantFrom(...NETWORKS)),
        warning: orNull(fc.constantFrom(0, 30, 120)),
        basis: orNull(fc.constantFrom('', ' п. 3 ', 'строка\nвторая')),
        lasting: fc.oneof(lasting, fc.constant({ validFrom: null, validTo: null })),
      })
      .map(({ choice: of, lasting: held, ...rest }) => ({ ...rest, ...of, ...held })),
    { minLength: 1, maxLength: 6 },
  )
  .map((all) => all.map((one, at): DeadlinePolicy => ({ ...one, id: `policy-${at}` })));
const rules = fc
  .array(
    fc
      .record({
        name: WORD,
        importance: fc.constantFrom(...IMPORTANCES),
        words: fc.array(WORD, { maxLength: 4 }),
        choice,
        count: orNull(
          fc.record({ messages: fc.integer({ min: 2, max: 1000 }), hours: fc.integer({ min: 1, max: 720 }) }),
        ),
        lasting,
      })
      .map(({ choice: of, lasting: held, ...rest }) => ({ ...rest, ...of, ...held })),
    { minLength: 1, maxLength: 6 },
  )
  .map((all) => all.map((one, at): ImportanceRule => ({ ...one, id: `rule-${at}` })));

describe.each(TABLE_FORMATS)('deadlines and rules as %s', (format) => {
  it('come back the same, to the last field', async () => {
    await fc.assert(
      fc.asyncProperty(policies, rules, async (some, others) => {
        const rows = { policy: some, importance_rule: others };
        for (const kind of ['policy', 'importance_rule'] as const) {
          const { counts, wrong } = await read(kind, written(kind, format, rows), rows);
          expect(wrong).toEqual([]);
          expect(counts).toMatchObject({ added: 0, changed: 0, same: rows[kind].length });
        }
      }),
      { numRuns: 25 },
    );
  });

  it('come into an empty region with all that they say', async () => {
    const policy = defaultPolicies;
    const rule: ImportanceRule = {
      id: 'ogon',
      name: 'Огонь',
      importance: 'high',
      words: ['пожар'],
      group: null,
      topic: null,
      count: null,
      validFrom: TODAY,
      validTo: null,
    };
    expect(savedBy(await read('policy', written('policy', format, { policy }), {}))).toEqual(policy);
    const file = written('importance_rule', format, { importance_rule: [rule] });
    expect(savedBy(await read('importance_rule', file, {}))).toEqual([rule]);
  });
});

const HEAD = ['Название', 'Откуда считать', 'Срок', 'Тема', 'Ведомство', 'Действует с', 'Действует по'];

describe('a file of deadlines', () => {
  it('names what it means as people do', async () => {
    const preview = await planned(
      'policy',
      {},
      [...HEAD, 'Какое время', 'Важность', 'Предупредить за'],
      [
        'Быстро',
        'От поступления',
        '1 час 30 минут',
        'ямы',
        'дороги',
        '01.07.2026',
        '31.07.2026',
        'Календарное',
        'Высокая',
        '45 мин',
      ],
    );
    expect(savedBy(preview)).toEqual([
      {
        id: 'bystro',
        name: 'Быстро',
        start: 'created',
        unit: 'calendar',
        minutes: 90,
        importance: 'high',
        group: 'Дороги',
        topic: 'Ямы',
        agency: 'roads',
        network: null,
        warning: 45,
        basis: null,
        validFrom: Date.UTC(2026, 5, 30, 14),
        validTo: Date.UTC(2026, 6, 31, 14),
      },
    ]);
  });

  it('changes the deadline of its name and leaves what it does not say', async () => {
    const [first] = defaultPolicies;
    const preview = await planned('policy', { policy: defaultPolicies }, HEAD.slice(0, 3), [
      first?.name ?? '',
      'от поступления',
      '8 ч',
    ]);
    expect(savedBy(preview)).toEqual([{ ...first, minutes: 480 }]);
    expect(preview.changed[0]?.changes).toEqual([{ header: 'Срок', was: '9 ч', is: '8 ч' }]);
  });

  test.each([
    ['no start', ['Срок', '', '9 ч'], 'start missing'],
    ['an unknown start', ['Срок', 'когда-нибудь', '9 ч'], 'start unknown'],
    ['a length without a unit', ['Срок', 'от поступления', '9'], 'limit broken_length'],
    ['a length of nothing', ['Срок', 'от поступления', '0 мин'], 'limit broken_length'],
    ['no length', ['Срок', 'от поступления', ''], 'limit missing'],
    ['a length of years', ['Срок', 'от поступления', '99999 ч'], 'limit_too_long'],
    ['an unknown topic', ['Срок', 'от поступления', '9 ч', 'Лужи'], 'topic unknown'],
    ['an unknown agency', ['Срок', 'от поступления', '9 ч', '', 'Лужи'], 'agency unknown'],
    ['no day', ['Срок', 'от поступления', '9 ч', '', '', '31.02.2026'], 'firstDay broken_date'],
    [
      'an end before its beginning',
      ['Срок', 'от поступления', '9 ч', '', '', '02.07.2026', '01.06.2026'],
      'ends_before_beginning',
    ],
    ['no name', ['', 'от поступления', '9 ч'], 'name missing'],
  ])('with %s is refused by its row', async (_, line, why) => {
    expect(troublesOf(await planned('policy', {}, HEAD, line))).toEqual([[2, why]]);
  });

  it('is refused where two deadlines fit the same messages at one time, in it or with what is there', async () => {
    const line = (name: string, from: string, to: string) => [
      name,
      'от поступления',
      '9 ч',
      'Ямы',
      '',
      from,
      to,
    ];
    const two = await planned(
      'policy',
      {},
      HEAD,
      line('А', '01.06.2026', '30.06.2026'),
      line('Б', '30.06.2026', ''),
      line('В', '', '31.05.2026'),
    );
    expect(troublesOf(two)).toEqual([[3, 'policies_overlap']]);
    const [ordinary] = defaultPolicies;
    const twin = await planned(
      'policy',
      { policy: defaultPolicies },
      [...HEAD, 'Важность'],
      ['Ещё один', 'от поступления', '8 ч', '', '', '', '', 'обычная'],
    );
    expect(ordinary?.importance).toBe('ordinary');
    expect(troublesOf(twin)).toEqual([[2, 'policies_overlap']]);
  });

  it('with one deadline twice takes the first', async () => {
    const again = await planned(
      'policy',
      { policy: defaultPolicies },
      [...HEAD, 'Код'],
      ['Ответ', 'от поступления', '8 ч', '', '', '', '', 'first-reply-ordinary'],
      ['Ответ', 'от поступления', '7 ч', '', '', '', '', 'first-reply-ordinary'],
    );
    expect(troublesOf(again)).toEqual([[3, 'repeated']]);
    expect(again.counts.changed).toBe(1);
  });

  it('with a code that cannot be one is refused', async () => {
    const odd = await planned(
      'policy',
      {},
      [...HEAD, 'Код'],
      ['Ответ', 'от поступления', '8 ч', '', '', '', '', 'Код №1'],
    );
    expect(troublesOf(odd)).toEqual([[2, 'id unknown']]);
  });

  it('is accepted by the centre as it was foretold, taken back, and may be loaded again', async () => {
    const lines = [HEAD, ['Ямы', 'от поступления', '2 ч', 'Ямы', '', '', '']] as const;
    const first = await planned('policy', { policy: defaultPolicies }, ...lines);
    const command = first.commands[0];
    const surroundings = surroundingsOf('policy', basisOf({ policy: defaultPolicies }).rowsOf, AT);
    const occasion = { role: 'administrator', surroundings } as const;
    expect(command !== undefined && decideRecords(new Map(), command, occasion).ok).toBe(true);
    const [added] = savedBy(first) as readonly DeadlinePolicy[];
    const close = settingsTable('policy', basisOf({})).close;
    const closed = close(added as DeadlinePolicy, AT + DAY) as DeadlinePolicy;
    expect(closed).toEqual({ ...added, validTo: AT + DAY });
    const rows = { policy: [...defaultPolicies, closed] };
    const again = await read(
      'policy',
      writeWorkbook([{ name: 'Лист', rows: lines, widths: [10] }]),
      rows,
      AT + 2 * DAY,
    );
    expect(savedBy(again)).toEqual([added]);
  });
});

const RULE = [
  'Название',
  'Важность',
  'Слова',
  'Сообщений не меньше',
  'За сколько часов',
  'Действует с',
  'Действует по',
];

describe('a file of rules of importance', () => {
  it('begins today where it does not say when', async () => {
    const preview = await planned('importance_rule', {}, RULE, [
      'Огонь',
      'высокая',
      'пожар; запах газа',
      '3',
      '24',
    ]);
    expect(savedBy(preview)).toEqual([
      {
        id: 'ogon',
        name: 'Огонь',
        importance: 'high',
        words: ['пожар', 'запах газа'],
        group: null,
        topic: null,
        count: { messages: 3, hours: 24 },
        validFrom: TODAY,
        validTo: null,
      },
    ]);
  });

  test.each([
    ['no condition', ['Огонь', 'высокая'], 'rule_without_condition'],
    ['no importance', ['Огонь', '', 'пожар'], 'importance missing'],
    ['an unknown importance', ['Огонь', 'страшная', 'пожар'], 'importance unknown'],
    ['a word of no letters', ['Огонь', 'высокая', '!!!'], 'word_of_no_letters'],
    ['a word of no end', ['Огонь', 'высокая', 'о'.repeat(101)], 'words too_long'],
    ['half a count', ['Огонь', 'высокая', '', '3'], 'hours missing'],
    ['the other half', ['Огонь', 'высокая', '', '', '24'], 'messages missing'],
    ['a count of one', ['Огонь', 'высокая', '', '1', '24'], 'messages broken_number'],
    ['hours of a year', ['Огонь', 'высокая', '', '3', '8760'], 'hours broken_number'],
    [
      'an end before its beginning',
      ['Огонь', 'высокая', 'пожар', '', '', '01.07.2026', '01.06.2026'],
      'ends_before_beginning',
    ],
    ['a beginning long ago', ['Огонь', 'высокая', 'пожар', '', '', '01.01.2026'], 'rule_from_the_past'],
  ])('with %s is refused by its row', async (_, line, why) => {
    expect(troublesOf(await planned('importance_rule', {}, RULE, line))).toEqual([[2, why]]);
  });
});

it('a text as long as the record takes goes through, and one more letter does not', async () => {
  const head = [...HEAD.slice(0, 3), 'Акт и пункт'];
  const line = (letters: number) => ['Срок', 'от поступления', '9 ч', 'а'.repeat(letters)];
  expect(troublesOf(await planned('policy', {}, head, line(BASIS_LENGTH)))).toEqual([]);
  expect(troublesOf(await planned('policy', {}, head, line(BASIS_LENGTH + 1)))).toEqual([
    [2, 'basis too_long'],
  ]);
});
