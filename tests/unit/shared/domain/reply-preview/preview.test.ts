import { describe, expect, it, test } from 'vitest';
import { NETWORKS } from '#shared/domain/incident.ts';
import { networkRules, type ReplyPlace } from '#shared/domain/reply-preview/network-rules.ts';
import { replyPreview } from '#shared/domain/reply-preview/preview.ts';
import { checkReply } from '#shared/domain/reply-check/check-reply.ts';
import { checkedContextOf } from '#shared/domain/reply-check/checked-context.ts';
import { contextAt, incidentIn, TUESDAY_10 } from '#tests/fixtures/incident-builder.ts';

const VK: ReplyPlace = { network: 'vk', kind: 'comment', files: 0 };
const piecesOf = (text: string, place: Partial<ReplyPlace> = {}) =>
  replyPreview(text, { ...VK, ...place }).pieces.map(({ kind, text: shown }) => `${kind}:${shown}`);

describe('a reply as it is seen', () => {
  test.each<[string, Partial<ReplyPlace>, readonly string[]]>([
    ['Здравствуйте!\nГотово.', {}, ['words:Здравствуйте!\nГотово.']],
    ['  Готово.\n', {}, ['words:Готово.']],
    [
      'см. https://eao.ru/a и всё',
      { network: 'telegram' },
      ['words:см. ', 'link:https://eao.ru/a', 'words: и всё'],
    ],
    ['(https://eao.ru/a), да', { kind: 'direct' }, ['words:(', 'link:https://eao.ru/a', 'words:), да']],
    ['см. https://eao.ru/a', {}, ['words:см. ', 'refused:https://eao.ru/a']],
    ['см. https://eao.ru/a', { kind: 'direct' }, ['words:см. ', 'link:https://eao.ru/a']],
    ['до {срок}, [что]', {}, ['words:до ', 'open:{срок}', 'words:, ', 'open:[что]']],
    ['[id12|Анна], да', {}, ['mention:Анна', 'words:, да']],
    ['[id12|Анна], да', { network: 'max' }, ['signs:[id12|Анна]', 'words:, да']],
    [
      '**важно** <b>да</b>',
      {},
      ['signs:**', 'words:важно', 'signs:**', 'words: ', 'signs:<b>', 'words:да', 'signs:</b>'],
    ],
    ['2 < 3 * 4', {}, ['words:2 < 3 * 4']],
  ])('%j (%o)', (text, place, pieces) => {
    expect(piecesOf(text, place)).toEqual(pieces);
  });

  it('is whole, whatever is marked in it', () => {
    const text = 'а **б** [id1|в] https://г.рф {д} '.repeat(400);
    const shown = replyPreview(text, { ...VK, network: 'ok', kind: 'direct' }).pieces;
    expect(shown.map((piece) => piece.text).join('')).toBe(text.trim());
    expect(shown.length).toBeLessThan(1000);
  });

  test.each(NETWORKS)('is struck out past what %s takes, with files and without', (network) => {
    for (const files of [0, 1]) {
      const place = { network, kind: 'direct', files } as const;
      const { letters } = networkRules(place);
      const text = 'я'.repeat(10_000);
      const { pieces, notes, left } = replyPreview(text, place);
      expect(left).toBe(letters === null ? null : letters - 10_000);
      expect(pieces.find(({ kind }) => kind === 'words')?.text.length).toBe(letters ?? 10_000);
      expect(notes.includes('beyond')).toBe(letters !== null);
    }
  });
});

it('says where a person publishes, and where files are too many', () => {
  const notesOf = (place: Partial<ReplyPlace>) => replyPreview('Готово.', { ...VK, ...place }).notes;
  expect(notesOf({})).toEqual([]);
  expect(notesOf({ network: 'ok' })).toEqual(['by_hand']);
  expect(notesOf({ network: 'ok', kind: 'direct' })).toEqual([]);
  expect(notesOf({ network: 'other', kind: 'phone' })).toEqual(['by_hand']);
  expect(notesOf({ files: 2 })).toEqual([]);
  expect(notesOf({ files: 3 })).toEqual(['files']);
  expect(notesOf({ network: 'max', files: 1 })).toEqual(['files']);
  expect(notesOf({ network: 'max', kind: 'direct', files: 1 })).toEqual([]);
});

it('has the checker warn by the same limits: a caption is shorter than a message', () => {
  const incident = incidentIn('in_progress');
  const asked = { ...incident, source: { ...incident.source, network: 'telegram' as const } };
  const { calendar } = contextAt(TUESDAY_10);
  const text = `Здравствуйте! ${'я'.repeat(1100)}`;
  const longWith = (files: number) =>
    checkReply(text, checkedContextOf(asked, TUESDAY_10, calendar, { files })).some(
      ({ kind }) => kind === 'too_long',
    );
  expect(longWith(0)).toBe(false);
  expect(longWith(1)).toBe(true);
});
