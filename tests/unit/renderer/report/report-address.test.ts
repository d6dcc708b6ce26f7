import { describe, expect, it } from 'vitest';
import { addressOf, requestAt } from '#renderer/report/report-address.ts';

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
