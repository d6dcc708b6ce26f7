import { pathsOf, replaced } from './odd-fields.ts';

/** One value changed to what nobody should send. */
export interface OutOfRange {
  readonly path: string;
  readonly value: unknown;
  readonly body: unknown;
}

const NUMBERS = [-1, 0.5, -1e300, 1e300, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, -(2 ** 53), 8_640_000_000_000_001];
const TEXTS = [
  '',
  'я'.repeat(100_001),
  '1'.repeat(501),
  'а\u0000б',
  '\ud800',
  '9999-12-31',
  '0000-00-00',
  '-271821-04-20',
  '0100-01-01',
];

/** Values beyond the range of one of this kind. */
function beyond(value: unknown): readonly unknown[] {
  if (typeof value === 'number') return NUMBERS;
  if (typeof value === 'string') return TEXTS;
  if (Array.isArray(value)) return [Array.from({ length: 1001 }, () => (value as unknown[])[0] ?? 'а')];
  if (value === null) return [...NUMBERS, ...TEXTS];
  return [];
}

const valueAt = (body: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((value, step) => (value as Record<string | number, unknown>)[step], body);

/** The body with every number, text and list in turn beyond any range. */
export function* outOfRange(body: object): Iterable<OutOfRange> {
  for (const path of pathsOf(body))
    for (const value of beyond(valueAt(body, path)))
      yield { path: path.join('.'), value, body: replaced(body, path, value) };
}
