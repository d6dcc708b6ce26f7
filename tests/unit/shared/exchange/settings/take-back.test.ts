import { expect, it } from 'vitest';
import { settingsTable } from '#shared/exchange/settings/tables.ts';
import { planTakeBack } from '#shared/exchange/settings/take-back.ts';

const NOW = 1000;
const NOTHING = { zone: 'UTC', at: NOW, rowsOf: () => [] };
const rows = [
  { id: 'changed', row: { id: 'changed', agency: 'b', unit: 'x' }, from: { agency: 'a', unit: null } },
  { id: 'new', row: { id: 'new', agency: 'b' }, from: null },
  { id: 'later', row: { id: 'later', agency: 'b', validFrom: 2000 }, from: null },
  { id: 'touched', row: { id: 'touched', agency: 'b' }, from: { agency: 'a' } },
  { id: 'closed', row: { id: 'closed', agency: 'b' }, from: null },
  { id: 'gone', row: { id: 'gone', agency: 'b' }, from: null },
];

it('takes back what nobody touched since, closes what was new, and lists the rest', () => {
  const current = new Map<string, Readonly<Record<string, unknown>>>([
    // Somebody changed another field: that stays.
    ['changed', { id: 'changed', agency: 'b', unit: 'x', priority: 3 }],
    ['new', { agency: 'b', id: 'new' }],
    ['later', { id: 'later', agency: 'b', validFrom: 2000 }],
    ['touched', { id: 'touched', agency: 'c' }],
    ['closed', { id: 'closed', agency: 'b', validTo: 900 }],
  ]);
  const close = (row: object) => settingsTable('route', NOTHING).close(row as never, NOW);
  const { back, touched } = planTakeBack(rows, current, close);
  expect(back.map(({ row }) => row)).toEqual([
    { id: 'changed', agency: 'a', priority: 3 },
    { id: 'new', agency: 'b', validFrom: NOW, validTo: NOW },
    { id: 'later', agency: 'b', validFrom: 2000, validTo: 2000 },
  ]);
  expect(touched).toEqual(['touched', 'closed', 'gone']);
});
