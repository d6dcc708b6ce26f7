/** A number as a file writes it; `isExact` is false for a rounded one, «12,5 тыс.». */
export interface ReadNumber {
  readonly value: number;
  readonly isExact: boolean;
}

/** Longer texts are no numbers. */
const MAX_DIGITS = 40;

/** Without the apostrophe of a guarded text and without spaces of any kind. */
const bare = (text: string): string =>
  text.length > MAX_DIGITS ? '' : text.replaceAll(/^'+|\s/g, '').toLowerCase();

/** «1.234.567», «1,234,567»: groups of three after a point or a comma, the same between all. */
const GROUPED = /^\d{1,3}(?:(?:,\d{3})+|(?:\.\d{3})+|(?:['’]\d{3})+)$/;

const THOUSANDS: readonly (readonly [RegExp, number])[] = [
  [/^(?:к|k|т|тыс|тысяч[аи]?|thousand)\.?$/, 1000],
  [/^(?:м|m|млн|миллион(?:а|ов)?|million)\.?$/, 1_000_000],
];

const whole = (value: number, isExact: boolean): ReadNumber | null =>
  Number.isSafeInteger(value) && value >= 0 ? { value, isExact } : null;

/**
 * Reads a count: «12 345», «1 234,00», «12,5 тыс.», `1.2K`, `1,2E+04`. Null for what is no count and for
 * «12,345», which is twelve thousand in one country and twelve in another.
 */
export function readCount(raw: string | number): ReadNumber | null {
  if (typeof raw === 'number') return whole(raw, true);
  const text = bare(raw);
  if (/^\d+$/.test(text)) return whole(Number(text), true);
  if (GROUPED.test(text) && text.match(/[.,'’]/g)?.length !== 1)
    return whole(Number(text.replaceAll(/\D/g, '')), true);
  if (/^\d+[.,]0{1,2}$/.test(text)) return whole(Number(text.replace(/[.,]0+$/, '')), true);
  const rounded = /^(\d+(?:[.,]\d{1,3})?)(e\+?\d{1,2}|[a-zа-я.]+)$/.exec(text);
  const number = (rounded?.[1] ?? '').replace(',', '.');
  const unit = rounded?.[2] ?? '';
  if (unit.startsWith('e')) return whole(Math.round(Number(number + unit)), false);
  const times = THOUSANDS.find(([word]) => word.test(unit))?.[1];
  return times === undefined ? null : whole(Math.round(Number(number) * times), false);
}

/**
 * Reads a number that is a name (ID, «Номер инцидента»): every digit counts, so a rounded one (`3,95E+07`) is
 * none. «№ 21 874», `21874.0` as pandas writes a column with gaps, and groups of three are understood. Null
 * for anything else.
 */
export function readLabel(raw: string | number): number | null {
  const text = typeof raw === 'number' ? '' : bare(raw).replace(/^[№#]/, '');
  if (typeof raw === 'number') return whole(raw, true)?.value ?? null;
  if (GROUPED.test(text)) return whole(Number(text.replaceAll(/\D/g, '')), true)?.value ?? null;
  const digits = /^(\d+)(?:[.,]0{1,2})?$/.exec(text)?.[1];
  return digits === undefined ? null : (whole(Number(digits), true)?.value ?? null);
}
