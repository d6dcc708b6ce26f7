import { describe, expect, test } from 'vitest';
import { ACTIVITY_KINDS } from '#shared/domain/activity.ts';
import type { IncidentCommandName } from '#shared/domain/command.ts';
import { decide } from '#shared/domain/decide.ts';
import type { IncidentEvent } from '#shared/domain/event.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { DEFAULT_REGULATION, REGULATION_ID } from '#shared/domain/regulation.ts';
import { STEP_NAMES } from '#shared/domain/step.ts';
import { REFERENCE_KINDS, type ReferenceRow } from '#shared/protocol/sync.ts';
import { eventView, incidentView, REFERENCE_VIEWS } from '#server/sync/observer-fields.ts';
import { observersLine } from '#server/sync/observer-rows.ts';
import { demoReference } from '#tests/fixtures/demo-rows.ts';
import {
  contextAt,
  EXAMPLES,
  ID,
  incidentIn,
  MINUTE,
  TARGET,
  TUESDAY_10,
} from '#tests/fixtures/incident-builder.ts';
import { withAddedField } from '#tests/helpers/added-fields.ts';

const SECRET = 'Тайнофамилия';
/** Values that a later release may put into a field of any shape. */
const SECRETS: readonly unknown[] = [SECRET, [SECRET], { name: SECRET, text: SECRET }, [{ text: SECRET }]];

const LATER = TUESDAY_10 + 600 * MINUTE;
const FILE = {
  hash: 'a'.repeat(64),
  type: 'image/png',
  name: `${SECRET}.png`,
  size: 10,
  width: 1,
  height: 1,
} as const;

/** An incident with something in every field there is, and every resident's word of it naming a person. */
const WHOLE: Incident = {
  ...incidentIn('satisfaction'),
  author: { name: SECRET, url: `https://vk.com/${SECRET}` },
  source: { ...incidentIn('new').source, placeUrl: 'https://vk.com/id77', url: 'https://vk.com/wall77_1' },
  media: ['https://sun1.userapi.com/photo.jpg'],
  attachments: [FILE],
  step: {
    name: 'merged',
    since: LATER,
    into: TARGET.id,
    before: { name: 'reopened', since: 1, reason: 'снова' },
  },
  messages: [{ text: 'Спасибо', at: LATER, url: '', author: SECRET, media: [], attachments: [FILE] }],
  sourceChanges: [{ message: 0, at: LATER, text: 'Уже чистят' }],
  notes: [{ text: 'звонили', at: LATER, by: 'operator-1', attachments: [FILE] }],
  tags: ['школа'],
  closing: { reason: 'author_pleased', at: LATER },
  survey: { sent: true, grade: 5 },
  promises: [{ id: 0, due: LATER, phrase: 'завтра', state: 'open', precision: 'day' }],
  due: { at: LATER, policy: 'first-reply', from: 1 },
  imported: { cells: { '#AF': SECRET, 'ФИО автора': SECRET }, version: 1, fingerprint: SECRET },
  undoable: [{ command: ID, line: 0, back: { tags: [SECRET] } }],
};

test('an observer’s incident has none of the fields that carry persons', () => {
  const text = JSON.stringify(incidentView(WHOLE));
  expect(text).not.toContain(SECRET);
  expect(text).not.toContain('77');
});

/** An object without some of its fields. */
const without = (whole: object, ...names: readonly string[]): object =>
  Object.fromEntries(Object.entries(whole).filter(([name]) => !names.includes(name)));

test('all the rest of it is there as it was', () => {
  expect(incidentView(WHOLE)).toEqual({
    ...without(WHOLE, 'attachments', 'undoable'),
    author: { name: '', url: '' },
    source: { ...WHOLE.source, url: '', placeUrl: '' },
    notes: WHOLE.notes.map((note) => without(note, 'attachments')),
    messages: WHOLE.messages.map((message) => without(message, 'attachments', 'author')),
    imported: { cells: {}, version: 1, fingerprint: '' },
  });
});

test('every step of an incident is shown whole', () => {
  for (const { step, history } of STEP_NAMES.map(incidentIn))
    expect(incidentView({ step, history })).toEqual({ step, history });
});

/** The events that the examples of all commands make, in every step. */
function everyEvent(): readonly IncidentEvent[] {
  const events = new Map<string, IncidentEvent>();
  for (const step of STEP_NAMES) {
    const incident = incidentIn(step);
    for (const name of Object.keys(EXAMPLES) as IncidentCommandName[]) {
      const before = name === 'register' ? null : incident;
      const decision = decide(ID, before, EXAMPLES[name], contextAt(LATER, { target: TARGET }));
      if (decision.ok) for (const event of decision.events) events.set(event.name, event);
    }
  }
  return [...events.values()];
}
const EVENTS = everyEvent();

const RECORD = { id: ID, title: 'Название', month: '2022-01' };
const RECORDS: readonly ReferenceRow[] = [
  { kind: 'regulation', id: REGULATION_ID, row: DEFAULT_REGULATION },
  {
    kind: 'importance_rule',
    id: 'r',
    row: {
      id: 'r',
      name: 'Аварии',
      importance: 'high',
      words: ['запах газа'],
      group: 'ЖКХ',
      topic: null,
      count: { messages: 3, hours: 24 },
      validFrom: 1,
      validTo: null,
    },
  },
  {
    kind: 'reply_template',
    id: 't',
    row: {
      id: 't',
      name: 'Снег уберут',
      text: '{обращение} Снег уберут до {срок}.',
      group: 'ЖКХ',
      topic: null,
      outcome: 'explained',
      network: null,
      season: { from: '11-01', to: '03-31' },
      validFrom: 1,
      validTo: null,
    },
  },
  {
    kind: 'campaign',
    id: ID,
    row: {
      ...RECORD,
      topics: [{ group: 'ЖКХ', topic: '' }],
      reason: '',
      from: '2022-01-01',
      to: '2022-01-02',
      materials: [{ title: '', url: '' }],
      posts: [{ network: 'vk', url: '', date: '2022-01-01' }],
      reach: null,
      note: '',
    },
  },
  {
    kind: 'activity',
    id: ID,
    row: {
      ...RECORD,
      kind: ACTIVITY_KINDS[0],
      date: '2022-01-01',
      place: '',
      agencies: [{ agency: 'a', invited: 1, attended: 1 }],
      audience: null,
      topics: [{ group: 'ЖКХ', topic: '' }],
      summary: '',
      materials: [{ title: '', url: '' }],
    },
  },
  {
    kind: 'example',
    id: ID,
    row: {
      ...RECORD,
      incident: ID,
      text: 'Было и стало',
      author: SECRET,
      before: { hash: 'a'.repeat(64), width: 1, height: 1, caption: '' },
      after: null,
      order: 1,
    },
  },
];

/** One row of every kind. */
const ROWS = new Map([...demoReference(), ...RECORDS].map((row) => [row.kind, row]));

describe('a field that is not in the list is not sent, wherever it is added and whatever it holds', () => {
  test.each(SECRETS.map((secret) => [JSON.stringify(secret), secret] as const))('%s', (_, secret) => {
    const incidents = [WHOLE, ...STEP_NAMES.map(incidentIn)];
    const places = new Set<string>();
    for (const incident of incidents)
      for (const { path, value } of withAddedField(incident, secret)) {
        places.add(path);
        expect(JSON.stringify(incidentView(value)), path).not.toContain(SECRET);
      }
    expect(places.size).toBeGreaterThan(24);
    for (const event of EVENTS)
      for (const { path, value } of withAddedField(event, secret))
        expect(JSON.stringify(eventView(value)), `${event.name} ${path}`).not.toContain(SECRET);
    for (const { kind, row } of ROWS.values())
      for (const { path, value } of withAddedField(row, secret))
        expect(JSON.stringify(REFERENCE_VIEWS[kind](value)) ?? '', `${kind} ${path}`).not.toContain(SECRET);
  });

  test('the events and the kinds of rows that were tried are all there are', () => {
    expect(EVENTS.length).toBeGreaterThan(23);
    expect(new Set(ROWS.keys())).toEqual(new Set(REFERENCE_KINDS));
  });
});

test('a value of another shape than its field’s is not sent', () => {
  for (const field of Object.keys(WHOLE))
    for (const secret of [{ surname: SECRET }, [{ surname: SECRET }], [[SECRET]]]) {
      const shown = JSON.stringify(incidentView({ ...WHOLE, [field]: secret }));
      expect(shown, field).not.toContain(SECRET);
    }
});

test('rows of a kind nobody knows, and rows that do not read, are not sent', () => {
  for (const line of [
    { t: 'reference', v: 1, kind: 'residents', id: 'x', row: { name: SECRET } },
    { t: 'reference', v: 1, kind: 'account', id: 'x', row: { name: SECRET } },
    { t: 'reference', v: 1, kind: 'toString', id: 'x', row: SECRET },
  ])
    expect(observersLine(JSON.stringify(line))).toBeNull();
});
