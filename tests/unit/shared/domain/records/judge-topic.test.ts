import { describe, expect, it, test } from 'vitest';
import { isUnsortedTopic, type Topic } from '#shared/domain/dictionary.ts';
import type { ManyRecordsCommand } from '#shared/domain/record.ts';
import { judgeTopic } from '#shared/domain/records/judge-topic.ts';
import { ownRow } from '#shared/domain/records/own-row.ts';
import { RECORD_RULES } from '#shared/domain/records/record-rules.ts';
import { decideRecords } from '#shared/domain/records/save-many.ts';
import { surroundingsOf } from '#shared/domain/records/surroundings-of.ts';
import { topicShelf, TopicShelf, type TopicUse } from '#shared/domain/records/topic-surroundings.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { defaultReference } from '#server/sync/default-reference.ts';

const NOW = Date.UTC(2026, 2, 1);
const LATER = Date.UTC(2027, 0, 1);

const topic = (id: string, change: Partial<Topic> = {}): Topic => ({
  id,
  name: `Тема ${id}`,
  group: 'Дороги',
  fastTrack: false,
  severity: null,
  validFrom: null,
  validTo: null,
  ...change,
});

const DICTIONARY = [
  topic('holes', { name: 'Ямы во дворах', shortName: 'Ямы' }),
  topic('lights', { name: 'Фонари' }),
  topic('old', { name: 'Лужи', validTo: NOW - 1 }),
  topic('ending', { name: 'Знаки', validTo: LATER - 1 }),
  topic('renamed', { name: 'Снег', validTo: NOW - 1, successors: ['Уборка снега'] }),
  topic('snow', { name: 'Уборка снега', validFrom: NOW - 1 }),
];

interface Judged {
  readonly before?: Topic | null;
  readonly use?: TopicUse;
  readonly topics?: readonly Topic[];
}

const judged = (after: Topic, { before = null, use, topics = DICTIONARY }: Judged = {}) =>
  judgeTopic(after, before, {
    at: NOW,
    dictionary: {
      topics: new TopicShelf(topics),
      uses: use === undefined ? null : new Map([[after.id ?? '', use]]),
    },
  });

describe('a new topic is refused', () => {
  const taken: Refusal = { kind: 'topic_taken', topic: 'Ямы во дворах', group: 'Дороги' };
  test.each<[string, Partial<Topic>, Refusal]>([
    ['a name another has', { name: 'Ямы во дворах', group: 'Дворы' }, taken],
    ['a name of Latin twins with a star', { name: '★ Ямы вo двopах' }, taken],
    ['a short name another has', { shortName: 'ямы' }, { kind: 'short_topic_taken', topic: 'Ямы во дворах' }],
    ['a long short name', { shortName: 'я'.repeat(21) }, { kind: 'short_name_long', limit: 20 }],
    ['an end before its beginning', { validFrom: LATER, validTo: NOW }, { kind: 'ends_before_beginning' }],
    ['a successor while it goes on', { successors: ['Фонари'] }, { kind: 'successor_of_open' }],
    [
      'a successor that there is not',
      { validTo: LATER, successors: ['Ямки'] },
      { kind: 'unknown_topic', topic: 'Ямки' },
    ],
    [
      'a successor that has ended',
      { validTo: LATER, successors: ['Лужи'] },
      { kind: 'topic_ended', topic: 'Лужи' },
    ],
    [
      'a successor that ends earlier',
      { validTo: LATER, successors: ['Фонари', 'Знаки'] },
      { kind: 'topic_ended', topic: 'Знаки' },
    ],
  ])('%s', (_, change, refusal) => {
    expect(judged(topic('new', change))).toEqual(refusal);
  });
});

describe('a new topic is accepted', () => {
  test.each([
    ['of its own name', {}],
    ['of a name that has ended', { name: 'Лужи', validFrom: NOW }],
    ['of a name from the day on which another ends', { name: 'Знаки', validFrom: LATER - 1 }],
    [
      'taken back before it began, whatever it is called',
      { name: 'Ямы во дворах', validFrom: LATER, validTo: LATER },
    ],
    ['that becomes two', { validTo: LATER, successors: ['Фонари', 'Ямы во дворах'] }],
    ['with a short name of twenty letters', { shortName: 'я'.repeat(20) }],
  ])('%s', (_, change: Partial<Topic>) => {
    expect(judged(topic('new', change))).toBeNull();
  });
});

describe('a topic that is there', () => {
  const holes = DICTIONARY.find(({ id }) => id === 'holes') ?? topic('none');
  it('keeps its name and its group while messages or rules know it by them', () => {
    const renamed = { ...holes, name: 'Ямы и лужи' };
    const [used, free] = [
      { incidents: 0, rules: 2 },
      { incidents: 0, rules: 0 },
    ];
    expect(judged(renamed, { before: holes, use: used })).toEqual({ kind: 'topic_in_use', ...used });
    expect(judged({ ...holes, group: 'Дворы' }, { before: holes, use: used })?.kind).toBe('topic_in_use');
    expect(judged(renamed, { before: holes, use: free })).toBeNull();
    expect(judged({ ...holes, severity: 4 }, { before: holes, use: used })).toBeNull();
  });

  it('is judged on what was changed alone', () => {
    const twin = topic('twin', { name: 'Ямы во дворах', seenInImport: true });
    expect(judged({ ...twin, verified: true }, { before: twin, topics: [...DICTIONARY, twin] })).toBeNull();
  });

  it('does not become itself, straight away or through others', () => {
    const ring = { kind: 'topics_in_ring', topic: 'Ямы во дворах' };
    expect(judged({ ...holes, validTo: LATER, successors: [holes.name] }, { before: holes })).toEqual(ring);
    const snow = DICTIONARY.find(({ id }) => id === 'snow') ?? topic('none');
    expect(judged({ ...snow, validTo: LATER, successors: ['Снег'] }, { before: snow })).toEqual({
      kind: 'topics_in_ring',
      topic: 'Снег',
    });
  });

  it('does not end as the last one, nor leave a day without any', () => {
    const one = topic('one');
    const next = topic('next', { validFrom: LATER });
    expect(judged({ ...one, validTo: LATER }, { before: one, topics: [one] })).toEqual({
      kind: 'last_topic',
    });
    expect(judged({ ...one, validTo: NOW }, { before: one, topics: [one, next] })).toEqual({
      kind: 'last_topic',
    });
    expect(judged({ ...one, validTo: LATER }, { before: one, topics: [one, next] })).toBeNull();
    expect(judged({ ...one, validFrom: LATER }, { before: one, topics: [one] })).toEqual({
      kind: 'last_topic',
    });
  });

  it('is one to sort while an import made it and nobody has confirmed or closed it', () => {
    const seen = topic('seen', { seenInImport: true });
    const states = [seen, { ...seen, verified: true }, { ...seen, validTo: NOW }, topic('own')];
    expect(states.map(isUnsortedTopic)).toEqual([true, false, false, false]);
  });
});

describe('topics saved together', () => {
  const rows = defaultReference('UTC').filter(({ kind }) => kind === 'topic');
  const stored = rows.map(ownRow);
  const surroundings = surroundingsOf('topic', (kind) => (kind === 'topic' ? stored : []), NOW);
  const [first] = rows.filter(({ row }) => (row as Topic).validTo === null);
  const before = RECORD_RULES.topic.schema.parse(ownRow(first ?? { id: '', row: null }));
  const heir = topic('heir', { name: `★ ${before.name}`, validFrom: LATER });
  const closed = { ...before, validTo: LATER, successors: [heir.name] };
  const saving = (...changed: readonly Topic[]): ManyRecordsCommand => ({
    name: 'saveRecords',
    args: {
      kind: 'topic',
      file: '',
      takesBack: null,
      rows: changed.map((row) => ({
        id: row.id ?? '',
        row,
        from: row.id === before.id ? { validTo: null, successors: null } : null,
      })),
    },
  });
  const decided = (...changed: readonly Topic[]) =>
    decideRecords(new Map([[before.id ?? '', before]]), saving(...changed), {
      role: 'administrator',
      surroundings,
    });

  it('know of one another whatever their order', () => {
    expect(decided(heir, closed)).toMatchObject({ ok: true });
    expect(decided(closed, heir)).toMatchObject({ ok: true, rows: [{ row: closed }, { row: heir }] });
    expect(decided(closed)).toMatchObject({
      ok: false,
      refusal: { kind: 'row_refused', row: 1, why: { kind: 'unknown_topic', topic: heir.name } },
    });
    expect(decided(heir)).toMatchObject({
      ok: false,
      refusal: { kind: 'row_refused', row: 1, why: { kind: 'topic_taken', topic: before.name } },
    });
  });

  it('are the administrator’s alone', () => {
    expect(decideRecords(new Map(), saving(heir), { role: 'operator', surroundings })).toEqual({
      ok: false,
      refusal: { kind: 'role_may_not', role: 'operator' },
    });
  });

  it('are read of what every region begins with, with the ids of their rows', () => {
    const shelf = topicShelf(stored);
    expect(shelf.get(before.id ?? '')).toEqual(before);
    expect([...shelf.all()]).toHaveLength(rows.length);
  });
});
