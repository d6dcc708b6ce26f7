import { expect, it } from 'vitest';
import { buildDictionary, type Topic } from '#shared/domain/dictionary.ts';
import { RouteBook } from '#shared/domain/route-book.ts';
import type { TriedMessage } from '#shared/domain/route-trial.ts';
import { tryTopics } from '#shared/domain/topic-trial.ts';

const NOW = Date.UTC(2026, 10, 29);
const DAY = Date.UTC(2027, 0, 1);

const topic = (name: string, change: Partial<Topic> = {}): Topic => ({
  id: name,
  name,
  group: 'Дороги',
  fastTrack: false,
  severity: null,
  validFrom: null,
  validTo: null,
  ...change,
});

let number = 0;
const message = (name: string | null, municipality = 'Город', group = 'Дороги'): TriedMessage => ({
  id: `incident-${(number += 1)}`,
  number,
  topic: name,
  group: name === null ? null : group,
  municipality,
});

const DICTIONARY = buildDictionary(
  [
    topic('Знаки'),
    topic('Ямы', { validTo: DAY, successors: ['Ямы на дорогах'] }),
    topic('Ямы на дорогах', { validFrom: DAY }),
    topic('Снег', { validTo: DAY }),
    topic('Снег', { id: 'snow of yards', group: 'Дворы', validFrom: DAY }),
    topic('Двор', { validTo: DAY, successors: ['Снег', 'Знаки'] }),
    topic('Ковид', { validTo: DAY, successors: [] }),
  ],
  new Map([['Старая', 'Знаки']]),
);

const tried = (messages: readonly TriedMessage[], routes: RouteBook = new RouteBook([])) =>
  tryTopics(messages, { dictionary: DICTIONARY, at: DAY, routes, now: NOW });

it('counts what stays, what goes under a new name or into another group, and what falls apart', () => {
  const fallen = [message('Двор'), message('Двор'), message('Ковид'), message('Неизвестная')];
  const messages = [
    message('Знаки'),
    message(null),
    ...['Ямы', 'Ямы', 'Ямы'].map((name) => message(name)),
    message('Снег'),
    message('Снег', 'Город', 'Дворы'),
    message('Старая'),
    ...fallen,
  ];
  expect(tried(messages)).toEqual({
    total: 12,
    untouched: 3,
    renamed: [
      { from: 'Ямы', to: 'Ямы на дорогах', group: 'Дороги', count: 3 },
      { from: 'Снег', to: 'Снег', group: 'Дворы', count: 1 },
      { from: 'Старая', to: 'Знаки', group: 'Дороги', count: 1 },
    ],
    fallen: [
      { topic: 'Двор', group: 'Дороги', became: ['Снег', 'Знаки'], messages: fallen.slice(0, 2) },
      { topic: 'Ковид', group: 'Дороги', became: [], messages: [fallen[2]] },
      { topic: 'Неизвестная', group: 'Дороги', became: [], messages: [fallen[3]] },
    ],
    lost: [],
  });
});

it('names the pairs that have a route today and none under the new name', () => {
  const routes = new RouteBook([
    { id: '1', topic: 'Ямы', agency: 'roads' },
    { id: '2', topic: 'Ямы на дорогах', municipality: 'Село', agency: 'roads' },
    { id: '3', group: 'Дороги', municipality: 'Посёлок', agency: 'roads' },
    { id: '4', topic: 'Знаки', agency: 'roads' },
  ]);
  const holes = ['Город', 'Город', 'Село', 'Посёлок'].map((place) => message('Ямы', place));
  const messages = [...holes, message('Знаки'), message('Снег', 'Посёлок'), message('Снег', 'Город')];
  expect(tried(messages, routes).lost).toEqual([
    { topic: 'Ямы на дорогах', group: 'Дороги', municipality: 'Город', count: 2 },
    { topic: 'Снег', group: 'Дворы', municipality: 'Посёлок', count: 1 },
  ]);
});
