import { describe, expect, it, test } from 'vitest';
import type { Agency } from '#shared/domain/directory.ts';
import { agencyDirectory } from '#shared/exchange/settings/agency-table.ts';
import { hoursCell, hoursIn } from '#shared/exchange/settings/hours-cell.ts';
import { WrongCell } from '#shared/exchange/settings/row-cells.ts';

const DAY = { from: '09:00', to: '18:00', break: { from: '13:00', to: '14:00' } };
const SHORT = { from: '10:00', to: '14:00' };
const WEEK = [DAY, DAY, DAY, DAY, DAY, SHORT, null];
const WRITTEN = 'пн-пт 09:00-18:00 (13:00-14:00); сб 10:00-14:00';

describe('own hours in a cell', () => {
  it.each<[string, Agency['hours']]>([
    [WRITTEN, WEEK],
    ['', undefined],
    ['пн-вс 00:00-24:00', Array.from({ length: 7 }, () => ({ from: '00:00', to: '24:00' }))],
    ['пн 09:00-18:00 (13:00-14:00); ср 10:00-14:00', [DAY, null, SHORT, null, null, null, null]],
  ])('«%s» are written and read the same', (cell, hours) => {
    expect(hoursCell(hours)).toBe(cell);
    expect(hoursIn({ id: 'a', hours: cell }, undefined)).toEqual(hours);
  });

  it('are read as people write them', () => {
    const typed = 'Пн–Пт  9:00–18:00 (13:00–14:00)\nсб 10:00-14:00;';
    expect(hoursIn({ id: 'a', hours: typed }, undefined)).toEqual(WEEK);
  });

  it('are emptied by an empty cell, and left alone where the file has no such column', () => {
    expect(hoursIn({ id: 'a', hours: '' }, WEEK)).toBeUndefined();
    expect(hoursIn({ id: 'a' }, WEEK)).toBe(WEEK);
  });

  test.each(['с утра', 'пн-пт', 'пт-пн 09:00-18:00', 'пн 9-18', 'пн 25:00-26:00', 'я'.repeat(500)])(
    '«%s» are refused by name',
    (cell) => {
      expect(() => hoursIn({ id: 'a', hours: cell }, undefined)).toThrow(WrongCell);
    },
  );
});

test('an agency goes out and comes back with its hours', () => {
  const agency: Agency = {
    id: 'heat',
    name: 'Тепло',
    shortName: 'Тепло',
    kind: 'utility',
    units: [],
    verified: true,
    hours: WEEK,
  };
  const table = agencyDirectory({ zone: 'Asia/Vladivostok', at: 0, agencies: [agency] });
  const cells = Object.fromEntries(
    Object.entries(table.write(agency)).map(([key, cell]) => [key, String(cell ?? '')]),
  );
  expect(cells['hours']).toBe(WRITTEN);
  expect(table.read(cells, agency)).toEqual({ ok: true, row: agency });
});
