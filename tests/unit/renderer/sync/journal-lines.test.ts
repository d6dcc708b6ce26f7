import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldLines, readLines, writeLine, type JournalLine } from '#renderer/data/sync/journal-lines.ts';
import { idMaker } from '#tests/helpers/sync-fixtures.ts';

const newId = idMaker(90);
const [older, newer, incident] = [newId(), newId(), newId()];
const item = (id: string, seq: number, clientId = older): JournalLine => ({
  t: 'item',
  clientId,
  item: {
    id,
    seq,
    actor: 'u1',
    incident,
    name: 'note@1',
    args: { text: 'яма\n"кавычки" \ud83d\ude00' },
    at: 1,
    baseVersion: 1,
    state: 'queued',
  },
});
const lines: readonly JournalLine[] = [
  item('a', 1),
  { t: 'filled' },
  item('b', 2),
  { t: 'known', ids: ['a'], known: 'accepted' },
  item('c', 3),
];
const text = lines.map(writeLine).join('');

test('what is written is read again', () => {
  expect(readLines(text)).toEqual(lines);
});

test('wherever a file is torn, every line that was whole before is still read', () => {
  for (let end = 0; end <= text.length; end += 1) {
    const read = readLines(text.slice(0, end));
    expect(read).toEqual(lines.slice(0, read.length));
  }
});

test('a torn line does not swallow what is appended after it', () => {
  fc.assert(
    fc.property(fc.nat(text.length), (end) => {
      const read = readLines(text.slice(0, end) + writeLine(item('later', 9)));
      expect(read.at(-1)).toEqual(item('later', 9));
    }),
  );
});

test('a line with one changed character is left out', () => {
  const at = text.indexOf('кавычки');
  expect(readLines(`${text.slice(0, at)}К${text.slice(at + 1)}`)).toEqual(lines.slice(1));
});

test('files together: the newest numbering of a command counts, and the furthest outcome, in any order of files', () => {
  const files: JournalLine[][] = [
    [item('a', 1), item('b', 2), { t: 'known', ids: ['b'], known: 'dismissed' }],
    [item('c', 2, newer), item('a', 1, newer), { t: 'known', ids: ['b'], known: 'refused' }, { t: 'filled' }],
  ];
  for (const order of [files, files.toReversed()]) {
    const { entries, filled } = foldLines(order);
    expect(entries.map(({ id, clientId, seq, known }) => [id, clientId === newer, seq, known])).toEqual([
      ['b', false, 2, 'dismissed'],
      ['a', true, 1, 'open'],
      ['c', true, 2, 'open'],
    ]);
    expect(filled).toBe(true);
  }
});

test('a command given again under a newer client id is open until an outcome is told under that one', () => {
  const before: JournalLine[] = [
    item('a', 1),
    { t: 'known', ids: ['a'], known: 'accepted', clientId: older },
    item('b', 2),
    { t: 'known', ids: ['b'], known: 'refused' },
  ];
  const states = (...files: JournalLine[][]) => foldLines(files).entries.map(({ id, known }) => [id, known]);
  expect(states(before)).toEqual([
    ['a', 'accepted'],
    ['b', 'refused'],
  ]);
  const again = [item('a', 1, newer), item('b', 2, newer)];
  expect(states(again, before)).toEqual([
    ['a', 'open'],
    ['b', 'open'],
  ]);
  const settled: JournalLine = { t: 'known', ids: ['a', 'b'], known: 'accepted', clientId: newer };
  expect(states([settled], again, before)).toEqual([
    ['a', 'accepted'],
    ['b', 'accepted'],
  ]);
});
