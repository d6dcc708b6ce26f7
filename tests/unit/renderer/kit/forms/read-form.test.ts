import type { TFunction } from 'i18next';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { formSentences, readForm } from '#renderer/kit/forms/read-form.ts';

const schema = z.object({
  name: z.string().min(1).max(5),
  agency: z.string(),
  villages: z.array(z.object({ name: z.string().min(1) })),
});
const t = ((key: string) => `asked: ${key}`) as TFunction;

test.each([
  [{ name: '' }, { name: 'asked: formEmpty.name' }],
  [{ name: 'longer than five' }, { name: 'rule of name' }],
  [{ agency: null }, { agency: 'asked: formEmpty.agency' }],
  [{ villages: [{ name: 'Бабстово' }, { name: '' }] }, { villages: 'asked: formEmpty.villages' }],
  [{ villages: [{ name: 5 }] }, { villages: 'rule of villages' }],
  [{}, {}],
])('%j', (change, sentences) => {
  const input = { name: 'ЦУР', agency: 'city', villages: [], ...change };
  const reading = readForm(schema, input, ([field]) => field);
  expect(formSentences(reading, (field) => `rule of ${field}`, t)).toEqual(sentences);
});
