import { expect, test } from 'vitest';
import { CLOSING_REASONS } from '#shared/domain/incident.ts';
import { REJECT_REASONS, STEP_NAMES } from '#shared/domain/step.ts';
import { observersChanges, observersLine } from '#server/sync/observer-rows.ts';

const row = {
  id: '01929aaa-0000-7000-8000-000000000001',
  text: 'Звоните 2-15-20',
  source: { url: 'https://vk.com/wall-1_2?reply=3' },
  place: { house: '5', object: 'Школа, тел. 2-15-21' },
  replies: [
    {
      text: 'Ответили на 89145556677',
      promises: [{ phrase: 'до 12.03.2022' }],
      attachments: [{ hash: 'a'.repeat(64), name: '89145556677.jpg' }],
    },
  ],
  attachments: [{ hash: 'b'.repeat(64), name: 'Снимок экрана Петрова.jpg' }],
  notes: [{ text: 'Звонил 89145556678', attachments: [{ hash: 'c'.repeat(64), name: 'письмо.pdf' }] }],
  imported: { cells: { '#AF': 'Пётр Петров' }, version: 3, fingerprint: 'f' },
};
const { attachments: _ofTheResident, ...words } = row;
/** A resident's own files and those of notes are gone; files of a reply are public, their names are words. */
const shown = {
  ...words,
  text: 'Звоните [телефон]',
  place: { house: '5', object: 'Школа, тел. [телефон]' },
  replies: [
    {
      text: 'Ответили на [телефон]',
      promises: [{ phrase: 'до 12.03.2022' }],
      attachments: [{ hash: 'a'.repeat(64), name: '[телефон].jpg' }],
    },
  ],
  notes: [{ text: 'Звонил [телефон]' }],
  imported: { cells: {}, version: 3, fingerprint: '' },
};

const agency = {
  id: 'roads',
  name: 'Дорожники, 2-15-20',
  shortName: 'Дорожники',
  kind: 'regional',
  units: [],
  verified: true,
};

test('an observer’s incidents tell of nobody in their words, files’ names or kept cells', async () => {
  expect(JSON.parse(String(observersLine(JSON.stringify({ t: 'incident', v: 1, row }))))).toEqual({
    t: 'incident',
    v: 1,
    row: shown,
  });
  const changes = [
    { op: 'put', entity: 'incident', id: row.id, v: 2, row },
    { op: 'put', entity: 'agency', id: 'roads', v: 3, row: agency },
    { op: 'del', entity: 'incident', id: row.id, v: 4 },
  ];
  const lines = changes.map((change) => JSON.stringify(change)).join(',');
  expect(JSON.parse(`[${await observersChanges(lines)}]`)).toEqual([
    { ...changes[0], row: shown },
    changes[1],
    changes[2],
  ]);
  expect(await observersChanges('')).toBe('');
});

test('reference rows are those of everybody: an office’s telephone is no resident’s', () => {
  const line = { t: 'reference', v: 1, kind: 'agency', id: 'roads', row: agency };
  expect(JSON.parse(String(observersLine(JSON.stringify(line))))).toEqual(line);
});

test('steps, events and reasons chosen from a list stay what they are, though they look like nicks', () => {
  const rows = [
    ...STEP_NAMES.map((name) => ({ step: { name, since: 1 } })),
    ...REJECT_REASONS.map((reason) => ({ step: { name: 'rejected', since: 1, reason, comment: '' } })),
    ...CLOSING_REASONS.map((reason) => ({ closing: { reason, at: 1 } })),
    ...[...REJECT_REASONS, ...CLOSING_REASONS].map((reason) => ({
      history: [{ event: 'taken_to_work', at: 1, by: 'a', detail: { reason } }],
    })),
  ].map((part) => ({ id: row.id, ...part }));
  for (const part of rows) {
    const shown = JSON.parse(String(observersLine(JSON.stringify({ t: 'incident', v: 1, row: part }))));
    expect(shown).toEqual({ t: 'incident', v: 1, row: part });
  }
});
