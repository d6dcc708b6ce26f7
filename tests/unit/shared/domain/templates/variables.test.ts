import { expect, it } from 'vitest';
import { checkedContextOf } from '#shared/domain/reply-check/checked-context.ts';
import { checkReply } from '#shared/domain/reply-check/check-reply.ts';
import { templateOfReply } from '#shared/domain/templates/template-of-reply.ts';
import { variableValues } from '#shared/domain/templates/variable-values.ts';
import { fillTemplate, openPlaces, TEMPLATE_VARIABLES } from '#shared/domain/templates/variables.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { contextAt, incidentIn, PLACE, TUESDAY_10 } from '#tests/fixtures/incident-builder.ts';

const BASIS = { zone: 'Asia/Vladivostok', agency: 'Мэрия Биробиджана' };
const WHOLE: Incident = {
  ...incidentIn('in_progress'),
  author: { name: 'Анна К.', url: '' },
  number: 21_881,
  place: PLACE,
  due: { at: TUESDAY_10, policy: 'p', from: TUESDAY_10 },
};
const everyVariable = TEMPLATE_VARIABLES.map((name) => `{${name}}`).join(' | ');

it('fills every variable from the incident, in words of the reply’s language', () => {
  const { municipality } = WHOLE.place;
  expect(fillTemplate(everyVariable, variableValues(WHOLE, BASIS))).toBe(
    `Здравствуйте, Анна! | Анна | Примерная, 1 | ${municipality} | 21881 | 18 января 2022 года | ` +
      `18 января 2022 года | Мэрия Биробиджана | ${WHOLE.classification?.topic}`,
  );
});

it('leaves what nobody knows in its braces, and the checker names each', () => {
  const bare: Incident = {
    ...WHOLE,
    author: { name: 'snezhok_79', url: '' },
    place: { municipality: '', settlement: '', street: '', house: '', object: '' },
    due: null,
  };
  const filled = fillTemplate('{обращение} {Адрес}: до {срок}, {ИМЯ}', variableValues(bare, BASIS));
  expect(filled).toBe('Здравствуйте! {Адрес}: до {срок}, {ИМЯ}');
  const { calendar } = contextAt(TUESDAY_10);
  const warned = checkReply(filled, checkedContextOf(bare, TUESDAY_10, calendar))
    .filter(({ kind }) => kind === 'variable')
    .map(({ start, end }) => ({ start, end }));
  expect(warned).toEqual(openPlaces(filled));
  expect(warned.map(({ start, end }) => filled.slice(start, end))).toEqual(['{Адрес}', '{срок}', '{ИМЯ}']);
});

it('takes nothing in a value for a pattern or for another variable', () => {
  const odd = { ...WHOLE, place: { ...WHOLE.place, street: '$& {срок}', house: '' } };
  expect(fillTemplate('{адрес}.', variableValues(odd, BASIS))).toBe('$& {срок}.');
});

it('makes a template of an approved reply without what tells whose it was', () => {
  const done = incidentIn('done');
  const text =
    'Здравствуйте, Анна! На Примерная, 1 уберут завтра, на Примерная, 12 убрано. ' +
    'Ваше сообщение № 21881 принято, справки 8 924 111-22-33. Анна, спасибо!';
  const answered: Incident = {
    ...done,
    author: { name: 'Анна', url: '' },
    number: 21_881,
    place: PLACE,
    replies: done.replies.map((reply) => ({ ...reply, text })),
  };
  const made = templateOfReply(answered);
  expect(made.text).toMatch(/^\{обращение\} На \{адрес\} уберут завтра/);
  expect(made.text).toContain('сообщение № {номер} принято');
  expect(made.text).not.toMatch(/Анна|924|21881/);
  expect(made).toMatchObject(answered.classification ?? {});
});
