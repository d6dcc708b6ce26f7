import { describe, expect, it } from 'vitest';
import { strToU8 } from 'fflate';
import { RECORD_COMMAND_ARGS, type ManyRecordsCommand } from '#shared/domain/record.ts';
import type { Topic } from '#shared/domain/dictionary.ts';
import { isInForce, topicSchema } from '#shared/domain/dictionary.ts';
import { ownRow } from '#shared/domain/records/own-row.ts';
import { decideRecords } from '#shared/domain/records/save-many.ts';
import { surroundingsOf } from '#shared/domain/records/surroundings-of.ts';
import { instantAtLocal } from '#shared/domain/time-zone.ts';
import { blobSource } from '#shared/exchange/byte-source.ts';
import { readLoad, type LoadPreview } from '#shared/exchange/settings/read-load.ts';
import { recordsOf } from '#shared/exchange/settings/record-parts.ts';
import { settingsTable } from '#shared/exchange/settings/tables.ts';
import { planTakeBack, type LoadedRow } from '#shared/exchange/settings/take-back.ts';
import { loadCommands } from '#shared/exchange/settings/load-commands.ts';
import { topicBundles } from '#shared/exchange/settings/topic-bundles.ts';
import { writeSettings } from '#shared/exchange/settings/write-settings.ts';
import { defaultReference } from '#server/sync/default-reference.ts';

const ZONE = 'Asia/Vladivostok';
const NOW = Date.UTC(2026, 10, 29);
const DAY = instantAtLocal(ZONE, 20_819, 0);

const SHIPPED = defaultReference(ZONE)
  .filter(({ kind }) => kind === 'topic')
  .map((row) => topicSchema.parse(ownRow(row)));
const topic = (name: string, change: Partial<Topic> = {}): Topic => ({
  id: `own/${name}`,
  name,
  group: 'Дороги',
  fastTrack: false,
  severity: null,
  validFrom: null,
  validTo: null,
  ...change,
});

const basisOf = (topics: readonly Topic[], version: number | null = null) => ({
  zone: ZONE,
  at: NOW,
  version,
  rowsOf: (kind: string): readonly unknown[] => (kind === 'topic' ? topics : []),
});

async function loaded(
  csv: string | Uint8Array<ArrayBuffer>,
  topics: readonly Topic[],
  version: number | null = null,
): Promise<LoadPreview> {
  const bytes = typeof csv === 'string' ? strToU8(csv) : csv;
  const basis = { ...basisOf(topics, version), role: 'administrator', file: 'темы.csv' } as const;
  const result = await readLoad(blobSource(new Blob([bytes as BlobPart])), 'topic', basis);
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}

/** Topics as they are once the centre has decided all commands, each of which must be accepted. */
function decided(topics: readonly Topic[], commands: readonly ManyRecordsCommand[]): Map<string, Topic> {
  const rows = new Map(topics.map((one) => [one.id ?? '', one]));
  for (const sent of commands) {
    const args = RECORD_COMMAND_ARGS.saveRecords.parse(sent.args);
    const command: ManyRecordsCommand = { name: 'saveRecords', args };
    const surroundings = surroundingsOf('topic', () => [...rows.values()], NOW);
    const decision = decideRecords(rows, command, { role: 'administrator', surroundings });
    expect(decision).toMatchObject({ ok: true });
    if (decision.ok) for (const { id, row } of decision.rows) rows.set(id, row as Topic);
  }
  return rows;
}

describe('a table of topics', () => {
  const topics = [
    ...SHIPPED,
    topic('Ухабы', { shortName: 'Ухабы', severity: 3, fastTrack: true, validFrom: NOW - 7 }),
    topic('Лужи', { validTo: NOW + 7, successors: ['Ухабы', 'Спецпроекты'], seenInImport: true }),
    topic('Ковид', { validTo: NOW - 7, successors: [] }),
    topic('Снег; лёд', { group: 'Двор; улица', validTo: NOW, successors: ['Снег; наледь'] }),
  ];

  it.each(['xlsx', 'csv'] as const)('goes out as %s and comes back the same', async (format) => {
    const table = settingsTable('topic', basisOf(topics));
    const preview = await loaded(writeSettings(format, table, topics), topics);
    expect(preview.counts).toEqual({ added: 0, changed: 0, same: topics.length, wrong: 0 });
  });

  it('adds, changes and says what is wrong with a row', async () => {
    const preview = await loaded(
      [
        'Группа тем;Тема;Тяжесть;Действует по;Чем стала',
        'Дороги;Ухабы;5;;',
        'Дороги;Трещины;2;;',
        'Дороги;Колея;9;;',
        'Дороги;Обочины;;31.12.2026;Тротуары',
        'Дворы;Ухабы;;;',
      ].join('\n'),
      topics,
    );
    expect(preview.counts).toEqual({ added: 1, changed: 1, same: 0, wrong: 3 });
    expect(preview.wrong.map(({ number, trouble }) => [number, trouble])).toEqual([
      [4, { kind: 'cell', column: 'severity', value: '9', why: 'broken_number' }],
      [5, { kind: 'refused', refusal: { kind: 'unknown_topic', topic: 'Тротуары' } }],
      [6, { kind: 'refused', refusal: { kind: 'topic_taken', topic: 'Ухабы', group: 'Дороги' } }],
    ]);
    const after = decided(topics, preview.commands);
    expect(after.get('own/Ухабы')).toEqual({ ...topics[SHIPPED.length], severity: 5 });
  });
});

describe('a whole version from a file', () => {
  const topics = [
    topic('Ямы'),
    topic('Знаки', { severity: 2 }),
    topic('Лужи'),
    topic('Ковид'),
    topic('Снег'),
    topic('Из файла', { seenInImport: true }),
    topic('Прежняя', { validTo: NOW }),
  ];
  const FILE = [
    'Группа тем;Тема;Прежнее название;Тяжесть',
    'Дороги;Знаки;;2',
    'Дороги;★ Ямы;;4',
    'Дворы;Снег;;',
    'Дороги;Лужи на дорогах;Лужи;',
    'Дороги;Лужи во дворах;Лужи;',
  ].join('\n');

  it('begins what is new, keeps what goes on, ends the rest and says what it became', async () => {
    const preview = await loaded(FILE, topics, DAY);
    expect(preview.counts).toEqual({ added: 4, changed: 4, same: 1, wrong: 0 });
    const after = decided(topics, preview.commands);
    const of = (name: string) => after.get(`own/${name}`);
    expect(of('Знаки')).toEqual(topics[1]);
    expect(of('Ямы')).toMatchObject({ validTo: DAY, successors: ['★ Ямы'] });
    expect(of('Лужи')).toMatchObject({ validTo: DAY, successors: ['Лужи на дорогах', 'Лужи во дворах'] });
    expect(of('Снег')).toMatchObject({ validTo: DAY });
    expect(of('Ковид')).toMatchObject({ validTo: DAY });
    for (const name of ['Снег', 'Ковид']) expect(of(name)).not.toHaveProperty('successors');
    for (const name of ['Из файла', 'Прежняя'])
      expect(of(name)).toEqual(topics.find((one) => one.name === name));
    const open = (at: number) =>
      [...after.values()].filter((one) => isInForce(one, at)).map(({ group, name }) => `${group}/${name}`);
    expect(open(DAY).toSorted()).toEqual(
      [
        'Дворы/Снег',
        'Дороги/Знаки',
        'Дороги/Из файла',
        'Дороги/Лужи во дворах',
        'Дороги/Лужи на дорогах',
        'Дороги/★ Ямы',
      ].toSorted(),
    );
  });

  it('is taken back: what was there is as it was, what was new was never in force', async () => {
    const preview = await loaded(FILE, topics, DAY);
    const after = decided(topics, preview.commands);
    const table = settingsTable('topic', basisOf([...after.values()]));
    const rows = preview.commands.flatMap(({ args }): LoadedRow[] => [...args.rows]);
    const plan = planTakeBack(rows, after, (row) => table.close(row, NOW));
    expect(plan.touched).toEqual([]);
    const back = decided(
      [...after.values()],
      loadCommands(recordsOf(table, plan.back), { kind: 'topic', file: '', takesBack: null }),
    );
    for (const one of topics) expect(back.get(one.id ?? '')).toEqual(one);
    expect([...back.values()].filter((one) => isInForce(one, DAY))).toHaveLength(topics.length - 1);
  });

  it('of hundreds of topics becomes commands that are accepted one after another', async () => {
    const names = SHIPPED.filter(({ validTo }) => validTo === null);
    const lines = names.map(({ group, name }, index) =>
      index % 3 === 0 ? `${group};${name};` : `${group};${name} (новая);${name}`,
    );
    const preview = await loaded(['Группа тем;Тема;Прежнее название', ...lines].join('\n'), SHIPPED, DAY);
    expect(preview.counts).toMatchObject({ added: 231, changed: 231, same: 116, wrong: 0 });
    const after = decided(SHIPPED, preview.commands);
    expect([...after.values()].filter((one) => isInForce(one, DAY))).toHaveLength(names.length);
    const big = await loaded(
      [
        'Группа тем;Тема;Прежнее название',
        ...names.flatMap(({ group, name }) => [
          `${group};${name} (а);${name}`,
          `${group};${name} (б);${name}`,
        ]),
      ].join('\n'),
      SHIPPED,
      DAY,
    );
    expect(big.commands.length).toBeGreaterThan(1);
    decided(SHIPPED, big.commands);
  });
});

it('topics that name one another are bundled, those with new ones first', () => {
  const pair = (row: Topic, before: Topic | null = null) => ({ row, before });
  const [old, heir] = [topic('Ямы', { validTo: DAY, successors: ['Ухабы'] }), topic('Ухабы')];
  const alone = pair(topic('Знаки', { validTo: DAY }), topic('Знаки'));
  const bundles = topicBundles([alone, pair(old, topic('Ямы')), pair(topic('Снег')), pair(heir)]);
  expect(bundles.map((bundle) => bundle.map(({ row }) => row.name))).toEqual([
    ['Ямы', 'Ухабы'],
    ['Снег'],
    ['Знаки'],
  ]);
});
