import { describe, expect, it, test } from 'vitest';
import type { Refusal } from '#shared/domain/refusal.ts';
import { judgeTemplate } from '#shared/domain/records/judge-template.ts';
import type { ReplyTemplate } from '#shared/domain/templates/reply-template.ts';

const NOW = Date.UTC(2026, 2, 10);
const FRESH: ReplyTemplate = {
  id: 'sneg',
  name: 'Снег уберут',
  text: '{обращение} Снег по адресу {Адрес} уберут до { срок }. [что сделано]',
  group: null,
  topic: null,
  outcome: null,
  network: null,
  season: null,
  validFrom: null,
  validTo: null,
};
const deadlines = { policies: [], topics: [{ name: 'Отопление', group: 'ЖКХ' }] };
const judged = (after: ReplyTemplate, before: ReplyTemplate | null = null) =>
  judgeTemplate(after, before, { deadlines });

describe('a template is refused', () => {
  test.each<[string, Partial<ReplyTemplate>, Refusal]>([
    [
      'with braces that name nothing',
      { text: '{адрес} {адресс}' },
      { kind: 'unknown_variable', variable: 'адресс' },
    ],
    ['with empty braces', { text: 'До {}.' }, { kind: 'unknown_variable', variable: '' }],
    ['that ends before it begins', { validFrom: NOW, validTo: NOW }, { kind: 'ends_before_beginning' }],
    ['of an unknown topic', { topic: 'Вода' }, { kind: 'unknown_topic', topic: 'Вода' }],
    ['of an unknown group', { group: 'Дороги' }, { kind: 'unknown_group', group: 'Дороги' }],
  ])('%s', (_name, change, refusal) => {
    expect(judged({ ...FRESH, ...change })).toEqual(refusal);
  });
});

it('may name variables with capitals and spaces, and keep what it had when it was made', () => {
  expect(judged(FRESH)).toBeNull();
  const old = { ...FRESH, text: '{прежнее}', topic: 'Бывшая' };
  expect(judged({ ...old, name: 'Иначе' }, old)).toBeNull();
  expect(judged({ ...old, text: '{другое}' }, old)).toEqual({ kind: 'unknown_variable', variable: 'другое' });
});
