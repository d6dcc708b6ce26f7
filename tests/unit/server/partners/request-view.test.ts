import { expect, test } from 'vitest';
import { evolveAll } from '#shared/domain/evolve.ts';
import { must } from '#shared/domain/must.ts';
import type { PartnerDirectory } from '#server/partners/partner-directory.ts';
import { requestView } from '#server/partners/request-view.ts';
import { REGISTER } from '#tests/helpers/register-args.ts';

const DIRECTORY: PartnerDirectory = {
  v: 1,
  topics: [],
  municipalities: [],
  agencyNames: new Map(),
  topicsOf: new Map(),
};
const { createdAt: at, region, source, author } = REGISTER;
const incident = must(
  evolveAll('01929aaa-0000-7000-8000-000000000001', null, [
    {
      region,
      source,
      author,
      name: 'registered',
      number: 7,
      externalId: null,
      text:
        'Яма. Звоните 2‑15‑20, (42622) 4–15–20 или 8.914.555.66.77, почта дворник@двор.рф, тг @petrov_79, ' +
        'карта 2202 2036 1234 5678, СНИЛС 112-233-445 95, Петрова, 12.03.1961 г.р. ' +
        'Горячая линия 8-800-200-01-22',
      at,
      by: 'someone',
    },
  ]),
  'an incident',
);

test('nothing by which a person is reached or known leaves with the words, whichever way it is written', () => {
  expect(requestView(incident, null, DIRECTORY).description).toBe(
    'Яма. Звоните [телефон], [телефон] или [телефон], почта [почта], тг [имя], ' +
      'карта [номер], СНИЛС [номер], Петрова, [дата рождения] г.р. Горячая линия 8-800-200-01-22',
  );
});

test('nor with the answer, nor with the address a partner handed in', () => {
  const reply = {
    text: 'Обращайтесь: 2-15-20, сот. 8–914–555–66–77',
    publishedAt: at,
  } as (typeof incident.replies)[number];
  const address = 'ул Ленина, 5, тел. 2-15-21';
  const handedIn = {
    service_code: 'unsorted',
    address,
    address_id: null,
    lat: null,
    long: null,
    media_url: null,
  };
  const view = requestView({ ...incident, replies: [reply] }, handedIn, DIRECTORY);
  expect(view.status_notes).toBe('Обращайтесь: [телефон], сот. [телефон]');
  expect(view.address).toBe('ул Ленина, 5, тел. [телефон]');
});
