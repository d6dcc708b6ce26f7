import { describe, expect, it, test } from 'vitest';
import fc from 'fast-check';
import { decide } from '#shared/domain/decide.ts';
import { evolveAll } from '#shared/domain/evolve.ts';
import {
  IMPORTANCE_ACTOR,
  mostWithin,
  ruledChange,
  weigh,
  type ImportanceRule,
  type WeighedMessage,
} from '#shared/domain/importance-rule.ts';
import { tryImportance } from '#shared/domain/importance-trial.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { MS_PER_HOUR } from '#shared/domain/instant.ts';
import { withOldValues } from '#shared/domain/old-values.ts';
import { contextAt, incidentIn, MINUTE, TUESDAY_10 } from '#tests/fixtures/incident-builder.ts';

const rule = (id: string, change: Partial<ImportanceRule> = {}): ImportanceRule => ({
  id,
  name: `Правило ${id}`,
  importance: 'high',
  words: [],
  group: null,
  topic: null,
  count: null,
  validFrom: TUESDAY_10 - 1,
  validTo: null,
  ...change,
});
const message: WeighedMessage = {
  createdAt: TUESDAY_10,
  group: 'ЖКХ',
  topic: 'Отопление',
  text: 'В подъезде запах газа, батареи холодные',
  alike: [TUESDAY_10 - MS_PER_HOUR, TUESDAY_10, TUESDAY_10 + MS_PER_HOUR],
};

describe('a rule fits', () => {
  it.each<[string, Partial<ImportanceRule>, boolean]>([
    ['by one of its words, in any form', { words: ['пожар', 'холодная батарея'] }, false],
    ['by a phrase', { words: ['пожар', 'запах газа'] }, true],
    ['by its topic', { topic: 'Отопление', group: 'ЖКХ' }, true],
    ['not by another topic', { topic: 'Вода', group: 'ЖКХ' }, false],
    ['by its group', { group: 'ЖКХ' }, true],
    ['by a count in time', { count: { messages: 3, hours: 2 } }, true],
    ['not by a count in less time', { count: { messages: 3, hours: 1 } }, false],
    ['only with all that it asks for', { words: ['запах газа'], topic: 'Вода', group: 'ЖКХ' }, false],
    ['not before its first day', { words: ['газ'], validFrom: TUESDAY_10 + 1 }, false],
    ['not from its end on', { words: ['газ'], validTo: TUESDAY_10 }, false],
  ])('%s', (_name, change, fits) => {
    expect(weigh(message, [rule('a', change)]) !== null).toBe(fits);
  });

  it('and says what spoke for it', () => {
    const all = rule('a', { words: ['запах газа'], topic: 'Отопление', count: { messages: 2, hours: 2 } });
    expect(weigh(message, [all])).toEqual({
      importance: 'high',
      by: { rule: 'a', name: 'Правило a', word: 'запах газа', topic: 'Отопление', messages: 3, hours: 2 },
    });
  });
});

describe('of several', () => {
  const words = rule('words', { words: ['газ'] });
  const topic = rule('topic', { topic: 'Отопление', importance: 'ordinary' });
  const group = rule('group', { group: 'ЖКХ' });
  const count = rule('count', { count: { messages: 2, hours: 24 } });
  it.each([
    ['a topic before a group', [group, topic], 'topic'],
    ['a group before words', [words, group], 'group'],
    ['words before a count', [count, words], 'words'],
    [
      'the more important among equals',
      [rule('b', { words: ['газ'], importance: 'ordinary' }), words],
      'words',
    ],
    ['the later among equals', [rule('z', { words: ['газ'], validFrom: TUESDAY_10 }), words], 'z'],
    ['the smaller id at last', [words, rule('a', { words: ['газ'] })], 'a'],
  ])('%s', (_name, rules, winner) => {
    expect(weigh(message, rules)?.by.rule).toBe(winner);
    expect(weigh(message, rules.toReversed())?.by.rule).toBe(winner);
  });
});

test('the count is of the fullest stretch that holds the message', () => {
  const moments = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(moments, fc.integer({ min: 1, max: 20 }), fc.nat(), (hours, length, pick) => {
      const sorted = hours.toSorted((a, b) => a - b);
      const alike = sorted.map((hour) => hour * MS_PER_HOUR);
      const at = sorted[pick % sorted.length] ?? 0;
      const counts = sorted
        .filter((start) => start <= at && at <= start + length)
        .map((start) => sorted.filter((hour) => hour >= start && hour <= start + length).length);
      expect(mostWithin(alike, at * MS_PER_HOUR, length)).toBe(Math.max(...counts));
    }),
  );
});

describe('a message', () => {
  const gas = [rule('gas', { words: ['не чистят'] })];
  const open = incidentIn('new');
  const ruled = (incident: Incident, rules: readonly ImportanceRule[]): Incident => {
    const change = ruledChange(incident, [], rules);
    if (change === null) return incident;
    const { importance, by } = change;
    return evolveAll(incident.id, incident, [
      { name: 'importance_ruled', importance, ruled: by, at: TUESDAY_10 + MINUTE, by: IMPORTANCE_ACTOR },
    ]);
  };
  const act = (incident: Incident, command: Parameters<typeof decide>[2], id = 'c'): Incident => {
    const decision = decide(
      incident.id,
      incident,
      command,
      contextAt(TUESDAY_10 + 2 * MINUTE, { command: id }),
    );
    if (!decision.ok) throw new Error(decision.refusal.kind);
    return decision.events.length === 0 ? incident : evolveAll(incident.id, incident, decision.events);
  };

  it('becomes what a rule says, once, and is told why', () => {
    const high = ruled(open, gas);
    expect(high).toMatchObject({ importance: 'high', ruled: { rule: 'gas', word: 'не чистят' } });
    expect(ruledChange(high, [], gas)).toBeNull();
    expect(withOldValues(high).at(-1)).toMatchObject({
      event: 'importance_ruled',
      detail: { importance: 'high', rule: 'Правило gas', word: 'не чистят' },
      was: { importance: 'ordinary' },
    });
  });

  it('is ordinary again when the rule no longer fits', () => {
    const high = ruled(open, gas);
    const later = ruled(high, [rule('gas', { words: ['газ'] })]);
    expect(later.importance).toBe('ordinary');
    expect(later).not.toHaveProperty('ruled');
  });

  it('stays as a person chose, and is the rules’ again once that is taken back', () => {
    const lowered = act(ruled(open, gas), {
      name: 'setImportance',
      args: { importance: 'ordinary', reason: '' },
    });
    expect(lowered.importance).toBe('ordinary');
    expect(ruledChange(lowered, [], gas)).toBeNull();
    const back = act(lowered, { name: 'undo', args: { event: 'c' } }, 'd');
    expect(ruled(back, gas)).toMatchObject({ importance: 'high', ruled: { rule: 'gas' } });
  });

  it('is a person’s choice once a person says what the rule said', () => {
    const kept = act(ruled(open, gas), { name: 'setImportance', args: { importance: 'high', reason: '' } });
    expect(kept).not.toHaveProperty('ruled');
    expect(ruledChange(kept, [], [])).toBeNull();
  });

  it('lets a person take back what he did before the rule spoke', () => {
    const classified = act(open, CLASSIFY);
    const high = ruled(classified, gas);
    expect(act(high, { name: 'undo', args: { event: 'c' } }, 'd')).toMatchObject({
      classification: { topic: 'Снег' },
      importance: 'high',
    });
  });
});

const CLASSIFY = { name: 'classify', args: { group: 'ЖКХ', topic: 'Отопление', from: 'Снег' } } as const;

test('a draft is tried as though it had been in force, and tells only what it changes itself', () => {
  const open = incidentIn('new');
  const set = (id: string, change: Partial<Incident>): Incident => ({ ...open, id, ...change });
  const chosen = set('c', {
    importance: 'ordinary',
    history: [{ event: 'importance_set', at: 1, by: 'operator-1', detail: {} }],
  });
  const incidents = [set('a', {}), set('b', { text: 'Спасибо' }), chosen, set('d', { importance: 'high' })];
  const draft = rule('draft', { words: ['не чистят'], validFrom: TUESDAY_10 + 30 * 24 * MS_PER_HOUR });
  expect(tryImportance(incidents, { draft, rules: [rule('other', { words: ['спасибо'] })] }, 9)).toEqual({
    total: 4,
    raised: 1,
    lowered: 0,
    chosen: 1,
    first: [
      {
        id: 'a',
        number: open.number,
        is: 'high',
        by: { rule: 'draft', name: 'Правило draft', word: 'не чистят' },
      },
    ],
  });
});
