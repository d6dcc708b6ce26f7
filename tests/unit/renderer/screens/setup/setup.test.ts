import { describe, expect, it, test } from 'vitest';
import type { Role } from '#shared/domain/actor.ts';
import { calendarOf } from '#shared/domain/calendar.ts';
import { defaultPolicies } from '#shared/domain/data/default-policies.ts';
import { defaultWorkingCalendar } from '#shared/domain/data/russian-holidays.ts';
import type { Agency, Municipality } from '#shared/domain/directory.ts';
import { DEFAULT_REGULATION } from '#shared/domain/regulation.ts';
import type { ListedAccount } from '#shared/protocol/accounts.ts';
import type { AccountRow } from '#shared/protocol/session.ts';
import type { ListedPage } from '#renderer/kit/api/channels-api.ts';
import type { TopicRow } from '#renderer/kit/context/reference.ts';
import type { JudgedRegion } from '#renderer/screens/setup/judged-region.ts';
import { isBare, setupOf } from '#renderer/screens/setup/subjects.ts';

const NOW = Date.UTC(2026, 10, 29);
const ZONE = 'Asia/Vladivostok';
const WEEK = Array.from({ length: 7 }, () => ({ from: '09:00', to: '18:00' }));

const account = (role: Role, change: Partial<AccountRow> = {}): AccountRow => ({
  id: `${role}-1`,
  displayName: role,
  role,
  agency: null,
  ...change,
});

const agency = (id: string, change: Partial<Agency> = {}): Agency => ({
  id,
  name: id,
  shortName: id,
  kind: 'municipal',
  units: [],
  verified: true,
  ...change,
});

const place = (id: string, change: Partial<Municipality> = {}): Municipality => ({
  id,
  name: id,
  shortName: id,
  kind: 'district',
  population: null,
  settlements: [{ kind: 'с', name: 'Бабстово' }],
  ...change,
});

const topic = (name: string, change: Partial<TopicRow> = {}): TopicRow => ({
  id: name,
  name,
  group: 'Дороги',
  fastTrack: false,
  severity: null,
  validFrom: null,
  validTo: null,
  ...change,
});

const BARE = {
  reference: {
    accounts: [account('administrator')],
    agencies: [],
    calendar: calendarOf({ zone: ZONE, week: WEEK, days: {} }),
    municipalities: [],
    policies: [],
    regulation: DEFAULT_REGULATION,
    routes: [],
    topics: [],
  },
  now: NOW,
  incidents: 0,
  people: null,
  pages: null,
  mail: null,
} satisfies JudgedRegion;

/** A region in which everything asked of it works, but for `change`. */
const region = ({
  accounts = [
    account('administrator'),
    account('operator'),
    account('executor', { agency: 'roads' }),
    account('executor', { id: 'executor-2', agency: 'heat' }),
  ],
  agencies = [agency('roads'), agency('heat')],
  calendar = calendarOf(defaultWorkingCalendar(ZONE)),
  municipalities = [place('north')],
  policies = defaultPolicies,
  regulation = DEFAULT_REGULATION,
  routes = [],
  topics = [topic('Ямы')],
  ...rest
}: Partial<JudgedRegion['reference'] & JudgedRegion> = {}): JudgedRegion => ({
  ...BARE,
  incidents: 389,
  ...rest,
  reference: { accounts, agencies, calendar, municipalities, policies, regulation, routes, topics },
});

const lineOf = (given: JudgedRegion, id: string) => {
  const line = setupOf(given).find((one) => one.id === id);
  return [line?.state, ...(line?.findings ?? [])];
};

const person = (id: string, change: Partial<ListedAccount> = {}): ListedAccount => ({
  id,
  login: id,
  displayName: id,
  mail: null,
  role: 'operator',
  agency: null,
  isDisabled: false,
  passwordIsTemporary: true,
  seenAt: null,
  sessions: 0,
  ...change,
});

const page = (state: ListedPage['state'], trouble: ListedPage['trouble'] = null) =>
  ({ state, trouble }) as ListedPage;

it('a bare region misses all that it can miss, and says so of the essentials', () => {
  expect(setupOf(BARE).map(({ id, state }) => [id, state])).toEqual([
    ['people', 'missing'],
    ['agencies', 'missing'],
    ['executors', 'missing'],
    ['places', 'missing'],
    ['topics', 'missing'],
    ['routes', 'missing'],
    ['calendar', 'missing'],
    ['deadlines', 'missing'],
    ['channels', 'unknown'],
    ['mail', 'unknown'],
    ['import', 'missing'],
    ['letterhead', 'missing'],
  ]);
  expect(isBare(BARE)).toBe(true);
});

it('a region without pages, imports and executors can begin', () => {
  const begun = region({
    accounts: [account('administrator'), account('operator')],
    pages: [],
    incidents: 0,
  });
  expect(isBare(begun)).toBe(false);
});

describe('the people', () => {
  test.each([
    ['an administrator alone', [account('administrator')], ['missing', { kind: 'nobody_triages' }]],
    [
      'an observer and executors',
      [account('administrator'), account('observer'), account('executor', { agency: 'roads' })],
      ['missing', { kind: 'nobody_triages' }],
    ],
    [
      'an operator who was dismissed',
      [account('administrator'), account('operator', { dismissed: true })],
      ['missing', { kind: 'nobody_triages' }],
    ],
    [
      'an approver',
      [account('administrator'), account('approver')],
      ['works', { kind: 'people_at_work', count: 1 }],
    ],
  ])('%s', (_name, accounts, found) => {
    expect(lineOf(region({ accounts }), 'people')).toEqual(found);
  });

  it('one operator alone cannot approve where own replies are refused', () => {
    const accounts = [account('administrator', { dismissed: true }), account('operator')];
    const regulation = { ...DEFAULT_REGULATION, ownApproval: 'refused' as const };
    expect(lineOf(region({ accounts, regulation }), 'people')).toEqual([
      'missing',
      { kind: 'nobody_approves' },
    ]);
    expect(lineOf(region({ accounts }), 'people')[0]).toBe('works');
  });

  it('do not work while nobody has come in, and newcomers are told of', () => {
    const waiting = { kind: 'newcomers', count: 1 };
    const atWork = { kind: 'people_at_work', count: 1 };
    expect(lineOf(region({ people: [person('operator-1')] }), 'people')).toEqual(['partly', atWork, waiting]);
    expect(lineOf(region({ people: [person('executor-1')] }), 'people')).toEqual(['works', atWork, waiting]);
    const gone = [person('operator-1', { isDisabled: true }), person('a', { passwordIsTemporary: false })];
    expect(lineOf(region({ people: gone }), 'people')).toEqual(['works', atWork]);
  });
});

describe('the agencies', () => {
  const seen = agency('seen', { verified: false, seenInImport: true });
  test.each([
    ['none', [], ['missing', { kind: 'no_agencies' }]],
    ['a closed one', [agency('old', { validTo: NOW })], ['missing', { kind: 'no_agencies' }]],
    ['one to come', [agency('next', { validFrom: NOW + 1 })], ['missing', { kind: 'no_agencies' }]],
    ['one that an import made', [seen], ['partly', { kind: 'agencies_unsorted', count: 1 }]],
    [
      'one that an import made and that was merged',
      [agency('roads'), { ...seen, validTo: NOW, successor: 'roads' }],
      ['works', { kind: 'agencies_at_work', count: 1 }],
    ],
  ])('%s', (_name, agencies, found) => {
    expect(lineOf(region({ agencies }), 'agencies')).toEqual(found);
  });
});

describe('the executors', () => {
  const without = (count: number) => Array.from({ length: count }, (_, index) => agency(`a${index}`));
  test.each([
    ['each agency has one', region(), ['works', { kind: 'executors_at_work', count: 2 }]],
    ['nobody is one', region({ accounts: [account('operator')] }), ['missing', { kind: 'no_executors' }]],
    [
      'one agency has none',
      region({ agencies: [agency('roads'), agency('schools')] }),
      ['partly', { kind: 'these_without_executors', count: 1, names: '«schools»' }],
    ],
    [
      'many have none',
      region({ agencies: without(5) }),
      ['partly', { kind: 'agencies_without_executors', count: 5, names: '«a0», «a1», «a2»' }],
    ],
    [
      'the only one was dismissed',
      region({ accounts: [account('executor', { agency: 'roads', dismissed: true })] }),
      ['missing', { kind: 'no_executors' }],
    ],
  ])('%s', (_name, given, found) => {
    expect(lineOf(given, 'executors')).toEqual(found);
  });
});

describe('the places', () => {
  const seen = place('seen', { seenInImport: true });
  const atWork = { kind: 'places_at_work', count: 1 };
  test.each([
    ['none', [], ['missing', { kind: 'no_places' }]],
    ['one that ended', [place('old', { validTo: NOW })], ['missing', { kind: 'no_places' }]],
    ['one that an import made', [seen], ['partly', { kind: 'places_unsorted', count: 1 }]],
    ['one that was confirmed', [{ ...seen, verified: true }], ['works', atWork]],
    [
      'one without villages',
      [place('north', { settlements: [] })],
      ['partly', atWork, { kind: 'places_without_settlements', count: 1 }],
    ],
    ['the rest of the region', [place('rest', { kind: 'other', settlements: [] })], ['works', atWork]],
  ])('%s', (_name, municipalities, found) => {
    expect(lineOf(region({ municipalities }), 'places')).toEqual(found);
  });
});

describe('the topics', () => {
  const atWork = (count: number) => ({ kind: 'topics_at_work', count });
  const ended = { validTo: NOW - 1 };
  test.each([
    ['none', [], ['missing', { kind: 'no_topics' }]],
    ['none of today', [topic('Ямы', ended)], ['missing', { kind: 'no_topics' }]],
    ['of today', [topic('Ямы'), topic('Снег')], ['works', atWork(2)]],
    [
      'one that a file brought',
      [topic('Ямы'), topic('Ямки', { seenInImport: true })],
      ['partly', atWork(2), { kind: 'topics_unsorted', count: 1 }],
    ],
    [
      'one that a file brought and somebody confirmed',
      [topic('Ямки', { seenInImport: true, verified: true })],
      ['works', atWork(1)],
    ],
    [
      'some that ended, one of which says nothing',
      [
        topic('Снег'),
        topic('Уборка', { ...ended, successors: ['Снег'] }),
        topic('Ковид', { ...ended, successors: [] }),
        topic('Лужи', ended),
      ],
      ['partly', atWork(1), { kind: 'topics_unsaid', count: 1 }],
    ],
    [
      'one that ended and is known to the registry, one whose name goes on, and one that never began',
      [
        topic('★ Ямы во дворах', ended),
        topic('Снег', ended),
        topic('Снег', { id: 'again', group: 'Дворы', validFrom: NOW - 1 }),
        topic('Ошибка', { validFrom: NOW, validTo: NOW }),
      ],
      ['works', atWork(1)],
    ],
  ])('%s', (_name, topics, found) => {
    expect(lineOf(region({ topics }), 'topics')).toEqual(found);
  });
});

describe('the routes', () => {
  const topics = [topic('Ямы'), topic('Снег'), topic('Прежняя', { validTo: NOW })];
  const municipalities = [place('north'), place('south'), place('old', { validTo: NOW, successor: 'south' })];
  const cover = (covered: number) => ({ kind: 'routes_cover', covered, count: 4 });
  test.each([
    ['no topics', [], [], ['missing', { kind: 'no_pairs' }]],
    ['none', topics, [], ['missing', cover(0)]],
    [
      'of one pair, and of a place that was merged',
      topics,
      [
        { id: '1', topic: 'Ямы', municipality: 'north', agency: 'roads' },
        { id: '2', topic: 'Снег', municipality: 'old', agency: 'roads' },
      ],
      ['partly', cover(2)],
    ],
    [
      'that is over',
      topics,
      [{ id: '1', group: 'Дороги', agency: 'roads', validTo: NOW }],
      ['missing', cover(0)],
    ],
    ['a default of the group', topics, [{ id: '1', group: 'Дороги', agency: 'roads' }], ['works', cover(4)]],
  ])('%s', (_name, known, routes, found) => {
    expect(lineOf(region({ topics: known, municipalities, routes }), 'routes')).toEqual(found);
  });
});

test.each([
  ['not asked', null, ['unknown', { kind: 'pages_unknown' }]],
  ['none', [], ['missing', { kind: 'no_pages' }]],
  ['a paused one', [page('paused')], ['missing', { kind: 'no_pages' }]],
  [
    'a token that is dead',
    [page('active'), page('active', { kind: 'token_dead', detail: '' })],
    ['partly', { kind: 'pages_in_trouble', count: 1 }],
  ],
  ['one that is on', [page('active')], ['works', { kind: 'pages_at_work', count: 1 }]],
])('pages: %s', (_name, pages, found) => {
  expect(lineOf(region({ pages }), 'channels')).toEqual(found);
});

it('a region has a past once there is an incident', () => {
  expect(lineOf(region(), 'import')).toEqual(['works', { kind: 'incidents_here', count: 389 }]);
});

describe('the head and the signature of summaries', () => {
  const signatory = { post: 'Руководитель', name: 'И. И. Иванов' };
  test.each([
    ['none', {}, ['missing', { kind: 'no_letterhead' }]],
    ['a head alone', { header: 'ЦУР' }, ['partly', { kind: 'no_signatory' }]],
    ['a signature alone', { signatory }, ['partly', { kind: 'no_header' }]],
    ['both', { header: 'ЦУР', signatory }, ['works', { kind: 'letterhead_here', names: 'И. И. Иванов' }]],
  ])('%s', (_name, said, found) => {
    const regulation = { ...DEFAULT_REGULATION, ...said };
    expect(lineOf(region({ regulation }), 'letterhead')).toEqual(found);
  });
});
