import { expect, it, test } from 'vitest';
import { replyTemplateSchema, type ReplyTemplate } from '#shared/domain/templates/reply-template.ts';
import { fittingTemplates } from '#shared/domain/templates/fitting.ts';
import { isDayOfYear, isInSeason } from '#shared/domain/templates/season.ts';
import { incidentIn, TUESDAY_10 } from '#tests/fixtures/incident-builder.ts';

const INCIDENT = { ...incidentIn('in_progress'), outcome: null };
const { topic = '', group = '' } = INCIDENT.classification ?? {};
const ZONE = 'Asia/Vladivostok';

const template = (id: string, change: Partial<ReplyTemplate> = {}): ReplyTemplate => ({
  id,
  name: id,
  text: 'Здравствуйте!',
  group: null,
  topic: null,
  outcome: null,
  network: null,
  season: null,
  validFrom: null,
  validTo: null,
  ...change,
});

const offered = (templates: readonly ReplyTemplate[], uses = {}, incident = INCIDENT) =>
  fittingTemplates(templates, incident, { at: TUESDAY_10, zone: ZONE, uses }).map(({ id }) => id);

test.each<[string, Partial<ReplyTemplate>, boolean]>([
  ['for everything', {}, true],
  ['of its topic', { topic, group }, true],
  ['of its group', { group }, true],
  ['of another topic', { topic: 'Другая', group }, false],
  ['of another group', { group: 'Другая' }, false],
  ['of an outcome, while none is chosen', { outcome: 'solved' }, true],
  ['of its network', { network: 'vk' }, true],
  ['of another network', { network: 'ok' }, false],
  ['of a season over the new year', { season: { from: '11-01', to: '03-31' } }, true],
  ['of summer', { season: { from: '06-01', to: '08-31' } }, false],
  ['of the very day', { season: { from: '01-18', to: '01-18' } }, true],
  ['that begins now', { validFrom: TUESDAY_10 }, true],
  ['that begins later', { validFrom: TUESDAY_10 + 1 }, false],
  ['that ends now', { validTo: TUESDAY_10 }, false],
])('a template %s is offered: %s', (_name, change, isOffered) => {
  expect(offered([template('a', change)])).toEqual(isOffered ? ['a'] : []);
});

it('is of the outcome that was chosen', () => {
  const both = [template('solved', { outcome: 'solved' }), template('explained', { outcome: 'explained' })];
  const explained = { ...INCIDENT, outcome: 'explained' as const };
  expect(fittingTemplates(both, explained, { at: TUESDAY_10, zone: ZONE, uses: {} })).toEqual([both[1]]);
});

it('comes first where it is used most, then where it is made for this', () => {
  const all = [template('b'), template('a'), template('exact', { topic, group }), template('used')];
  expect(offered(all, { used: 3, gone: 9 })).toEqual(['used', 'exact', 'a', 'b']);
});

test.each([
  ['02-29', true],
  ['02-30', false],
  ['12-31', true],
  ['13-01', false],
  ['00-10', false],
  ['1-1', false],
  ['', false],
])('%s is a day of the year: %s', (day, isDay) => {
  expect(isDayOfYear(day)).toBe(isDay);
  const season = { from: day, to: day };
  expect(replyTemplateSchema.safeParse(template('a', { season })).success).toBe(isDay);
});

it('ends a season with its last day', () => {
  const winter = { from: '11-01', to: '03-31' };
  const days = ['2026-10-31', '2026-11-01', '2026-12-31', '2027-01-01', '2027-03-31', '2027-04-01'];
  expect(days.map((day) => isInSeason(winter, day))).toEqual([false, true, true, true, true, false]);
});
