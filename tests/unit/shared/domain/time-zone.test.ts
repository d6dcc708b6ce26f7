import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  dateOfDay,
  dayOfDate,
  formatLocalTimestamp,
  instantAtLocal,
  isKnownZone,
  localTimeAt,
  parseLocalTimestamp,
  weekdayOf,
  zoneOffsetMs,
} from '#shared/domain/time-zone.ts';

const HOUR = 3_600_000;

describe('zoneOffsetMs', () => {
  it('knows that Vladivostok went from +11 to +10 on 26 October 2014 at 02:00', () => {
    const change = Date.UTC(2014, 9, 25, 15);
    expect(zoneOffsetMs('Asia/Vladivostok', change - 1)).toBe(11 * HOUR);
    expect(zoneOffsetMs('Asia/Vladivostok', change)).toBe(10 * HOUR);
    expect(zoneOffsetMs('Asia/Vladivostok', Date.UTC(2026, 6, 1))).toBe(10 * HOUR);
  });

  it.each(['Asia/Vladivostok', 'Europe/Berlin', 'Africa/Casablanca', 'Asia/Kolkata', 'Europe/Volgograd'])(
    'agrees with Intl at any moment in %s',
    (zone) => {
      const format = new Intl.DateTimeFormat('sv-SE', {
        timeZone: zone,
        dateStyle: 'short',
        timeStyle: 'medium',
      });
      fc.assert(
        fc.property(
          fc.integer({ min: Date.UTC(2001, 0) / 1000, max: Date.UTC(2040, 0) / 1000 }),
          (second) => {
            expect(formatLocalTimestamp(zone, second * 1000)).toBe(format.format(second * 1000));
          },
        ),
      );
    },
  );
});

describe('instantAtLocal', () => {
  it('takes the first of two equal local times and moves a skipped one forward', () => {
    const autumn = dayOfDate('2025-10-26') ?? 0;
    expect(instantAtLocal('Europe/Berlin', autumn, 2.5 * HOUR)).toBe(Date.UTC(2025, 9, 26, 0, 30));
    const spring = dayOfDate('2025-03-30') ?? 0;
    expect(instantAtLocal('Europe/Berlin', spring, 2.5 * HOUR)).toBe(Date.UTC(2025, 2, 30, 1, 30));
  });

  it('undoes localTimeAt where the local time happens once', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2035, 0) }), (at) => {
        const { day, msOfDay } = localTimeAt('Asia/Vladivostok', at);
        expect(instantAtLocal('Asia/Vladivostok', day, msOfDay)).toBe(at);
      }),
    );
  });
});

describe('dates', () => {
  it('knows weekdays and round-trips dates', () => {
    expect(weekdayOf(dayOfDate('2026-11-23') ?? 0)).toBe(1);
    expect(weekdayOf(dayOfDate('1969-12-28') ?? 0)).toBe(7);
    expect(dateOfDay(dayOfDate('2024-02-29') ?? 0)).toBe('2024-02-29');
  });

  it.each(['2025-02-29', '2025-13-01', '25-1-1', '', '2025-01-01T00:00'])('refuses %s', (text) => {
    expect(dayOfDate(text)).toBeNull();
  });
});

describe('registry timestamps', () => {
  it('reads what it writes', () => {
    const at = parseLocalTimestamp('Asia/Vladivostok', '2025-12-17 20:11:05');
    expect(at).toBe(Date.UTC(2025, 11, 17, 10, 11, 5));
    expect(formatLocalTimestamp('Asia/Vladivostok', at ?? 0)).toBe('2025-12-17 20:11:05');
  });

  it.each(['2025-12-17', '2025-12-17 24:00:00', '2025-02-30 10:00', 'вчера'])('refuses %s', (text) => {
    expect(parseLocalTimestamp('Asia/Vladivostok', text)).toBeNull();
  });
});

describe('isKnownZone', () => {
  it('tells zones from other words', () => {
    expect(isKnownZone('Asia/Vladivostok')).toBe(true);
    expect(isKnownZone('Asia/Birobidzhan')).toBe(false);
  });
});
