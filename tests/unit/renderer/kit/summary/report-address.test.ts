import { describe, expect, it } from 'vitest';
import {
  addressOf,
  pathOf,
  PLAIN,
  placeAt,
  requestAt,
  summaryKey,
  withCompared,
} from '#renderer/kit/summary/report-address.ts';

const ZONE = 'Asia/Vladivostok';

describe('the address of a summary', () => {
  it.each([
    ['2022-01', { form: 'month', from: '2022-01-01', to: '2022-01-31' }],
    ['2022-Q4', { form: 'quarter', from: '2022-10-01', to: '2022-12-31' }],
    ['2022', { form: 'year', from: '2022-01-01', to: '2022-12-31' }],
    ['week-2022-01-03', { form: 'week', from: '2022-01-03', to: '2022-01-09' }],
    ['2022-01-05..2022-01-20', { form: 'custom', from: '2022-01-05', to: '2022-01-20' }],
  ] as const)('%s is read and written', (address, request) => {
    expect(requestAt(address, ZONE)).toEqual(request);
    expect(addressOf(request)).toBe(address);
  });

  it('of a week leads to its Monday whatever its day', () => {
    expect(requestAt('week-2022-01-06', ZONE)).toEqual(requestAt('week-2022-01-03', ZONE));
  });

  it.each(['', '2022-13', '2022-Q5', 'week-2022-02-30', '2022-01-20..2022-01-05', 'январь', '../x'])(
    '«%s» is none',
    (address) => expect(requestAt(address, ZONE)).toBeNull(),
  );
});

describe('the rest of the address', () => {
  const january = { form: 'month', from: '2022-01-01', to: '2022-01-31' } as const;
  const searchOf = (path: string): string => path.slice(path.indexOf('?'));

  it.each([
    [{ from: '2021-06-01', to: '2021-06-30' }, 'compare=2021-06'],
    [{ from: '2021-01-01', to: '2021-12-31' }, 'compare=2021'],
    [{ from: '2021-04-01', to: '2021-06-30' }, 'compare=2021-Q2'],
    [{ from: '2021-06-01', to: '2021-06-15' }, 'compare=2021-06-01..2021-06-15'],
  ])('names what is compared with', (compare, written) => {
    const path = pathOf({ ...january, compare }, PLAIN);
    expect(path).toBe(`/reports/2022-01?${written}`);
    expect(withCompared(january, searchOf(path), ZONE)).toEqual({ ...january, compare });
    expect(summaryKey({ ...january, compare })).not.toBe(summaryKey(january));
  });

  it.each([
    PLAIN,
    { ...PLAIN, size: 'full', figure: 'cut:{"group":"ЖКХ & \u00abтепло\u00bb"}' },
    { ...PLAIN, issue: 3 },
    { ...PLAIN, issue: 12, isDiff: true },
  ] as const)('is read as it was written', (place) => {
    expect(placeAt(searchOf(`?${pathOf(january, place).split('?')[1] ?? ''}`))).toEqual(place);
  });

  it.each(['?issue=0', '?issue=-1', '?issue=x', '?issue=9999999', '?show=changes', '?size=huge'])(
    'of «%s» is nothing',
    (search) => {
      expect(placeAt(search)).toEqual(PLAIN);
      expect(withCompared(january, '?compare=2021-13', ZONE)).toEqual(january);
    },
  );
});
