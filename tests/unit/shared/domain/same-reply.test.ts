import { expect, test } from 'vitest';
import { replyBody, saysTheSame } from '#shared/domain/same-reply.ts';
import type { IncidentCommand } from '#shared/domain/command.ts';
import { must } from '#shared/domain/must.ts';
import type { Reply } from '#shared/domain/incident.ts';
import { build, WAY_TO } from '#tests/fixtures/incident-builder.ts';

const BASE = 'Яму на улице Ленина засыпят 15 мая.';

test.each([
  ['another name', `Здравствуйте, Мария! ${BASE}`, `Здравствуйте, Иван Петрович! ${BASE}`],
  ['no name', `Здравствуйте! ${BASE}`, `Добрый день, Ольга. ${BASE}`],
  ['another form of address', `Уважаемая Мария Ивановна! ${BASE}`, `Уважаемый Пётр! ${BASE}`],
  ['initials', `Уважаемый И. И. Иванов! ${BASE}`, `Уважаемая А. Б. Римская-Корсакова! ${BASE}`],
  ['no greeting', BASE, `Здравствуйте! ${BASE}`],
  [
    'a small letter after the greeting',
    'Здравствуйте, Мария, яму засыпят.',
    'Здравствуйте, Иван! Яму засыпят.',
  ],
  ['other spaces and lines', `Здравствуйте!\n\n${BASE}`, `Здравствуйте!  ${BASE} `],
  ['a number of the message', `На обращение № 123: ${BASE}`, `На обращение №77/2026: ${BASE}`],
  [
    'a number and a day of the message',
    `По заявке № 5 от 01.05.2026. ${BASE}`,
    `По заявке № 6 от 02.05.2026. ${BASE}`,
  ],
  ['an accent in two signs', 'Мой двор', 'Мо\u0438\u0306 двор'],
])('a reply says the same with %s', (_, text, other) => {
  expect(replyBody(text)).toBe(replyBody(other));
});

test.each([
  ['another day', BASE, BASE.replace('15', '16')],
  ['another number of a school', 'Школа № 5 закрыта.', 'Школа № 7 закрыта.'],
  ['a count of messages', 'Поступило обращений 15.', 'Поступило обращений 16.'],
  ['a word more', BASE, `${BASE} Спасибо.`],
  ['another street', BASE, BASE.replace('Ленина', 'Мира')],
  ['a name within', `${BASE} Отвечает Иванов.`, `${BASE} Отвечает Петров.`],
  [
    'what looks like a name and is the sentence',
    'Здравствуйте, Яма засыпана.',
    'Здравствуйте, Труба засыпана.',
  ],
])('a reply says something else with %s', (_, text, other) => {
  expect(replyBody(text)).not.toBe(replyBody(other));
});

function submitted(text: string): Reply {
  const draft: IncidentCommand = { name: 'draftReply', args: { text, kind: 'final', promises: [] } };
  return must(build([...WAY_TO['in_progress'], draft]).replies.at(-1), 'the reply');
}

test('replies are one only where they are of one kind, with one set of files and one day promised', () => {
  const reply = submitted(`Здравствуйте, Мария! ${BASE}`);
  const other = submitted(`Здравствуйте, Иван! ${BASE}`);
  const hash = 'a'.repeat(64);
  const file = {
    hash,
    type: 'application/pdf',
    name: 'акт.pdf',
    size: 1,
    width: null,
    height: null,
  } as const;
  expect(saysTheSame(reply, other)).toBe(true);
  expect(saysTheSame(reply, { ...other, kind: 'interim' })).toBe(false);
  expect(saysTheSame(reply, { ...other, attachments: [file] })).toBe(false);
  expect(saysTheSame(reply, { ...other, promises: [{ due: 1, phrase: 'завтра' }] })).toBe(false);
  expect(saysTheSame(submitted('Здравствуйте!'), submitted('Здравствуйте, Мария!'))).toBe(false);
});
