import { describe, expect, it } from 'vitest';
import { defaultDictionary } from '#shared/domain/data/default-dictionary.ts';
import {
  buildDictionary,
  groupOf,
  parseTopics,
  renamedTo,
  topicNamed,
  topicSchema,
  topicsAt,
  type Topic,
} from '#shared/domain/dictionary.ts';

const in2022 = Date.UTC(2022, 5, 1);
const in2026 = Date.UTC(2026, 0, 15);

describe('the default dictionary', () => {
  it.each([
    [in2022, 195, 26],
    [in2026, 347, 27],
  ])('at %d has %d topics in %d groups', (at, topics, groups) => {
    const inForce = topicsAt(defaultDictionary, at);
    expect(inForce).toHaveLength(topics);
    expect(new Set(inForce.map(({ group }) => group)).size).toBe(groups);
  });

  it('has each name once in a version, a group for each, and no run-together names', () => {
    for (const at of [in2022, in2026]) {
      const names = topicsAt(defaultDictionary, at).map((topic) => topic.name);
      expect(new Set(names).size).toBe(names.length);
      for (const name of names) {
        expect(groupOf(defaultDictionary, name, at), name).not.toBe('');
      }
    }
    for (const part of [
      'Культура прочее',
      'Культурно-досуговые мероприятия',
      'Запрос на газификацию и её условия',
    ]) {
      expect(topicNamed(defaultDictionary, part, in2026), part).not.toBeNull();
    }
  });

  it('renames from names of 2022 to names of 2024 only', () => {
    const old = new Set(topicsAt(defaultDictionary, in2022).map((topic) => topic.name));
    const now = new Set(topicsAt(defaultDictionary, in2026).map((topic) => topic.name));
    expect(defaultDictionary.renames.size).toBeGreaterThan(150);
    for (const [from, to] of defaultDictionary.renames) {
      expect(old.has(from), from).toBe(true);
      expect(now.has(to), to).toBe(true);
    }
  });

  it('is valid data', () => {
    expect(topicSchema.array().parse(defaultDictionary.topics)).toEqual(defaultDictionary.topics);
  });

  it('knows the fast track and the severities', () => {
    expect(topicNamed(defaultDictionary, '★ Ямы во дворах', in2022)).toMatchObject({
      fastTrack: true,
      severity: null,
    });
    expect(topicNamed(defaultDictionary, 'Скорая помощь', in2026)).toMatchObject({
      fastTrack: false,
      severity: 5,
    });
    expect(topicsAt(defaultDictionary, in2026).every((topic) => topic.severity !== null)).toBe(true);
  });
});

describe('groupOf', () => {
  it('answers for the moment asked', () => {
    expect(groupOf(defaultDictionary, 'Отлов безнадзорных собак и кошек', in2022)).toBe('Безопасность');
    expect(groupOf(defaultDictionary, 'Отлов безнадзорных собак и кошек', in2026)).toBe(
      'Безопасность и правопорядок',
    );
  });

  it('falls back to a version that had the name', () => {
    expect(groupOf(defaultDictionary, '★ Ямы во дворах', in2026)).toBe('Благоустройство');
    expect(groupOf(defaultDictionary, 'Нет такой темы', in2026)).toBeNull();
  });
});

describe('renamedTo', () => {
  it.each([
    ['★ Ямы во дворах', in2026, 'Ямы во дворах'],
    ['★ Ямы во дворах', in2022, '★ Ямы во дворах'],
    ['Вакцинация', in2026, 'Вакцинация'],
    ['Коронавирус', in2026, null],
    ['Ямы во дворах', in2022, null],
  ])('%s at %d is %s', (name, at, expected) => {
    expect(renamedTo(defaultDictionary, name, at)).toBe(expected);
  });

  it('follows a chain and does not turn in circles', () => {
    const topics = parseTopics({ id: 'x', validFrom: null, validTo: null, groups: { Г: '3 в' } });
    const dictionary = buildDictionary(
      topics,
      new Map([
        ['а', 'б'],
        ['б', 'в'],
        ['г', 'д'],
        ['д', 'г'],
      ]),
    );
    expect(renamedTo(dictionary, 'а', 0)).toBe('в');
    expect(renamedTo(dictionary, 'г', 0)).toBeNull();
  });
});

describe('readTopics', () => {
  it('throws on a line it cannot read', () => {
    expect(() =>
      parseTopics({ id: 'x', validFrom: null, validTo: null, groups: { Г: 'без оценки' } }),
    ).toThrow(/без оценки/);
  });

  it('goes by what topics say of themselves before what is known of renames', () => {
    const of = (name: string, change: Partial<Topic> = {}): Topic => ({
      name,
      group: 'Г',
      fastTrack: false,
      severity: null,
      validFrom: null,
      validTo: 10,
      ...change,
    });
    const dictionary = buildDictionary(
      [
        of('по справочнику'),
        of('по записи', { successors: ['новая'] }),
        of('распалась', { successors: ['новая', 'другая'] }),
        of('ушла', { successors: [] }),
        of('новая', { validTo: null }),
        of('другая', { validTo: null }),
      ],
      new Map(['по справочнику', 'по записи', 'распалась', 'ушла'].map((name) => [name, 'другая'])),
    );
    const names = ['по справочнику', 'по записи', 'распалась', 'ушла'];
    expect(names.map((name) => renamedTo(dictionary, name, 20))).toEqual(['другая', 'новая', null, null]);
    expect(names.map((name) => renamedTo(dictionary, name, 5))).toEqual(names);
  });
});
