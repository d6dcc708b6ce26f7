import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { defaultDictionary } from '#shared/domain/data/default-dictionary.ts';
import { eaoDirectory } from '#shared/domain/data/eao-directory.ts';
import { eaoRoutes } from '#shared/domain/data/eao-routes.ts';
import { groupOf, topicsAt } from '#shared/domain/dictionary.ts';
import {
  routingRuleSchema,
  suggestRoutes,
  type PastRoute,
  type RouteQuery,
  type RoutingRule,
  type SuccessorOf,
} from '#shared/domain/routing.ts';

const at = Date.UTC(2026, 0, 15);
const SNOW = 'Уборка дорог от снега и наледи';

function ask(topic: string | null, municipality: string | null, more: Partial<RouteQuery> = {}): RouteQuery {
  const group = topic === null ? null : groupOf(defaultDictionary, topic, at);
  return { topic, group, municipality, at, ...more };
}

function past(agency: string, more: Partial<PastRoute> = {}): PastRoute {
  const base = {
    incident: 'i-1',
    unit: '',
    topic: SNOW,
    municipality: 'Ленинский район',
    at: at - 1000,
    wasReturned: false,
  };
  return { agency, ...base, ...more };
}

describe('suggestRoutes for the default region', () => {
  it.each([
    [SNOW, 'Биробиджан г.о.', ['meriya-birobidzhan', 'upr-dorog'], 'group_and_place'],
    [SNOW, 'ЕАО, другое', ['upr-dorog'], 'group'],
    [
      'Отлов безнадзорных собак и кошек',
      'Ленинский район',
      ['administratsiya-leninskogo', 'dep-vet', 'umvd'],
      'topic_and_place',
    ],
    [
      'Ненадлежащее качество или отключение отопления',
      'Биробиджан г.о.',
      ['teploseti', 'meriya-birobidzhan', 'dep-zhkh'],
      'topic_and_place',
    ],
    ['Природные пожары', 'Октябрьский район', ['mchs', 'umvd', 'administratsiya-oktyabrskogo'], 'topic'],
    [null, 'Смидовичский район', ['administratsiya-smidovichskogo'], 'place_default'],
    [null, null, [], undefined],
  ])('%s in %s goes to %j', (topic, municipality, agencies, reason) => {
    const candidates = suggestRoutes(eaoRoutes, ask(topic, municipality));
    expect(candidates.map((candidate) => candidate.agency)).toEqual(agencies);
    expect(candidates[0]?.reason.kind).toBe(reason);
  });

  it('covers every topic of both dictionaries everywhere with agencies that exist', () => {
    const known = new Set(eaoDirectory.agencies.map((agency) => agency.id));
    for (const when of [Date.UTC(2022, 5, 1), at]) {
      for (const topic of topicsAt(defaultDictionary, when)) {
        for (const municipality of ['ЕАО, другое', 'Биробиджан г.о.', null]) {
          const [first] = suggestRoutes(eaoRoutes, {
            topic: topic.name,
            group: topic.group,
            municipality,
            at: when,
          });
          expect(first, `${topic.group} / ${topic.name}`).toBeDefined();
        }
      }
    }
    expect(eaoRoutes.map((rule) => rule.agency).filter((id) => !known.has(id))).toEqual([]);
  });

  it('names only places and topics that exist, each rule once', () => {
    const municipalities = new Set(eaoDirectory.municipalities.map((municipality) => municipality.name));
    const groups = new Set(defaultDictionary.topics.map((topic) => topic.group));
    for (const rule of routingRuleSchema.array().parse(eaoRoutes)) {
      expect(rule.municipality === undefined || municipalities.has(rule.municipality), rule.id).toBe(true);
      expect(rule.group === undefined || groups.has(rule.group), rule.id).toBe(true);
      expect(rule.topic === undefined || defaultDictionary.byName.has(rule.topic), rule.id).toBe(true);
    }
    expect(new Set(eaoRoutes.map((rule) => rule.id)).size).toBe(eaoRoutes.length);
  });
});

describe('suggestRoutes with a history', () => {
  const query = ask(SNOW, 'Ленинский район');

  it('puts the example of the past between the exact rules and the rough ones', () => {
    const history = [past('drsk'), past('drsk', { incident: 'i-2', at: at - 500, unit: 'Район сетей' })];
    const candidates = suggestRoutes(eaoRoutes, { ...query, history });
    expect(candidates.map((candidate) => candidate.agency)).toEqual([
      'administratsiya-leninskogo',
      'drsk',
      'upr-dorog',
    ]);
    expect(candidates[1]).toMatchObject({
      unit: 'Район сетей',
      reason: { kind: 'similar_incident', incident: 'i-2', count: 2, topic: SNOW },
    });
  });

  it.each([
    ['from another place', { municipality: 'Биробиджан г.о.' }],
    ['about another topic', { topic: 'Туризм прочее' }],
    ['that was returned', { wasReturned: true }],
  ])('learns nothing from a route %s', (_name, more) => {
    const candidates = suggestRoutes(eaoRoutes, { ...query, history: [past('drsk', more)] });
    expect(candidates.map((candidate) => candidate.agency)).not.toContain('drsk');
  });
});

describe('suggestRoutes', () => {
  const rule = (id: string, more: Partial<RoutingRule>): RoutingRule => ({
    id,
    agency: id,
    group: 'Дороги',
    ...more,
  });

  it('minds validity and priority', () => {
    const rules = [
      rule('old', { validTo: at }),
      rule('future', { validFrom: at + 1 }),
      rule('plain', {}),
      rule('first', { priority: 5, unit: 'Отдел' }),
    ];
    const candidates = suggestRoutes(rules, ask(SNOW, null));
    expect(candidates.map(({ agency, unit }) => [agency, unit])).toEqual([
      ['first', 'Отдел'],
      ['plain', null],
    ]);
  });

  it('answers the same for any order of the table, three different agencies at most', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...eaoRoutes], { minLength: eaoRoutes.length }),
        fc.constantFrom(SNOW, 'Природные пожары'),
        (rules, topic) => {
          const query = ask(topic, 'Октябрьский район');
          const candidates = suggestRoutes(rules, query);
          expect(candidates).toEqual(suggestRoutes(eaoRoutes, query));
          expect(new Set(candidates.map((candidate) => candidate.agency)).size).toBe(candidates.length);
          expect(candidates.length).toBeLessThanOrEqual(3);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('an agency that was merged', () => {
  const rules: RoutingRule[] = [
    { id: 'old', topic: SNOW, agency: 'old', unit: 'Отдел' },
    { id: 'new', group: 'Дороги', agency: 'new' },
  ];
  const successorOf = (agency: string): string => (agency === 'old' ? 'new' : agency);

  it('is proposed as its successor, once, without units that were its own', () => {
    expect(suggestRoutes(rules, ask(SNOW, null, { successorOf }))).toEqual([
      { agency: 'new', unit: null, reason: { kind: 'topic', rule: 'old', topic: SNOW }, score: 500 },
    ]);
    const history = [past('old', { unit: 'Отдел' })];
    expect(suggestRoutes([], ask(SNOW, 'Ленинский район', { successorOf, history }))).toMatchObject([
      { agency: 'new', unit: null, reason: { kind: 'similar_incident' } },
    ]);
  });

  it('is proposed as the heir of what is asked for', () => {
    const heirs = new Map([
      ['город', 'city'],
      ['район', 'district'],
    ]);
    const asked: SuccessorOf = (agency, { municipality }) => heirs.get(municipality ?? '') ?? agency;
    const first = (place: string | null) => suggestRoutes(rules, ask(SNOW, place, { successorOf: asked }))[0];
    expect(['город', 'район', 'село', null].map((place) => first(place)?.agency)).toEqual([
      'city',
      'district',
      'old',
      'old',
    ]);
    expect(first('город')?.unit).toBeNull();
    expect(first('село')?.unit).toBe('Отдел');
  });
});
