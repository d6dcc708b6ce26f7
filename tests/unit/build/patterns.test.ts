import { expect, test } from 'vitest';
import { checkPatterns, slownessOf } from '#build/checks/patterns.ts';

test.each([
  [String.raw`\s+$`, ''],
  [String.raw`<[^>]*>`, 'g'],
  [String.raw`\[(?:club|id)\d+\|[^\]]*\]`, 'g'],
  [String.raw`\d+(?:[.,]\d+)? ?[a-z]+`, 'g'],
  [String.raw`\s*(?:№|n)?\s*(\d)`, 'u'],
  [String.raw`^\s*(?:№|n)?\s*(\d)`, 'u'],
  [String.raw`^(a+)+$`, ''],
  [String.raw`^(?:-[\w-]+)+$`, ''],
  [String.raw`^(.+): (.+)$`, ''],
  [String.raw`^(?:а|б{201,300})*б$`, 'u'],
  [String.raw`\/photo\d+.*&reply=`, ''],
  [String.raw`"(?:[^"]|"")*x`, ''],
])('/%s/%s may take the square of a text or more', (pattern, flags) => {
  expect(slownessOf(pattern, flags)).not.toBeNull();
});

test.each([
  [String.raw`^\d+$`, ''],
  [String.raw`https?:\/\/\S+`, 'g'],
  [String.raw`\[(?:club|id)\d+\|[^[\]]*\]`, 'g'],
  [String.raw`(?<!\d)\d+$`, ''],
  [String.raw`(?<!\p{L})школ\p{L}*(?:\s*(?:№|номер))?\s*(\d{1,3})`, 'u'],
  [String.raw`^[a-z0-9]+(?:-[a-z0-9]+)*$`, ''],
  [String.raw`^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$`, 'u'],
  [String.raw`\bwall(-?\d{1,20})_(\d{1,20})`, ''],
  [String.raw`(?<year>\d{4})-\k<year>`, 'u'],
])('/%s/%s takes as long as its text is', (pattern, flags) => {
  expect(slownessOf(pattern, flags)).toBeNull();
});

test('a module is told where such a pattern stands, unless it is known to be harmless', () => {
  const module = { file: 'shared/a.ts', source: String.raw`const a = 1;${'\n'}export const b = /\s+$/;` };
  expect(checkPatterns(module)).toEqual([
    { file: 'shared/a.ts', line: 2, message: expect.stringContaining(String.raw`/\s+$/ may be slow`) },
  ]);
  expect(checkPatterns(module, { [String.raw`\s+$`]: 'ours' })).toEqual([]);
});
