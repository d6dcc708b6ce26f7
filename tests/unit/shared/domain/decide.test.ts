import { describe, expect, it } from 'vitest';
import { ROLES, type Actor } from '#shared/domain/actor.ts';
import {
  INCIDENT_COMMAND_NAMES,
  INCIDENT_COMMAND_ROLES,
  type ArgsOf,
  type IncidentCommand,
  type IncidentCommandName,
} from '#shared/domain/command.ts';
import { decide } from '#shared/domain/decide.ts';
import type { IncidentEvent } from '#shared/domain/event.ts';
import { evolveAll } from '#shared/domain/evolve.ts';
import { currentAgency, textAtSource, type Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import { submissionOf, type Submission } from '#shared/domain/submission.ts';
import { STEP_NAMES, type StepName } from '#shared/domain/step.ts';
import {
  AGENCY,
  EXAMPLES,
  ID,
  MINUTE,
  TARGET,
  TUESDAY_10,
  build,
  contextAt,
  incidentIn,
  WAY_TO,
} from '#tests/fixtures/incident-builder.ts';

const LATER = TUESDAY_10 + 120 * MINUTE;

/**
 * Results of every command's example in every step, in the order of STEP_NAMES: `+` events, `=` nothing
 * to do, letters a refusal. Written out by hand so that a change of the rules shows here.
 *   new ret reo ass in_ app pub sat don def rej mer
 */
const TABLE: Readonly<Record<Exclude<IncidentCommandName, 'register'>, string>> = {
  classify: '+ + + + + + + + + + w w',
  place: '+ + + + + + + + + + w w',
  setImportance: '+ + + + + + + + + + w w',
  claim: '+ + + + + + + + + + w w',
  release: '= = = = = = = = = = = =',
  route: '+ + + + + w w w w + w w',
  takeToWork: 'w w w + = w w w w + w w',
  returnToCentre: 'w w w + + w w w w + w w',
  draftReply: 'w w w w + w w w w w w w',
  submitForApproval: 'w w w w d = w w w w w w',
  approve: 'w w w w w + = w w w w w',
  sendBack: 'w w w w w + w w w w w w',
  recordPublication: 'w w w w w w + w w w w w',
  receiveMessage: '+ + + + + + + + + + + +',
  changeSource: '+ + + + + + + + + + + +',
  defer: 'w w w + + w w w w + w w',
  setOutcome: 'w w w w + + + + w + w w',
  close: 'w w w w w w w t = w w w',
  reopen: 'w w w w w w w + + w + w',
  reject: '+ + + w w w w w w w = w',
  merge: '+ + + + + w w w w w w =',
  unmerge: 'w w w w w w w w w w w +',
  note: '+ + + + + + + + + + + +',
  tag: '+ + + + + + + + + + + +',
  recordSurvey: 'w w w w w w w + + w w w',
  editPromise: 'p p p p p p p p p p p p',
  movePromise: 'p p p p p p p p p p p p',
  undo: 'u u a u a a a a a u u u',
};
const REFUSALS: Readonly<Record<string, string>> = {
  w: 'wrong_step',
  d: 'no_draft',
  t: 'type_missing',
  p: 'no_such_promise',
  u: 'nothing_to_undo',
  a: 'acted_on_top',
};

/** Whoever does what no person may. */
const PAGE: Actor = { id: 'channel:1', role: 'system', agency: null };

function verdict(incident: Incident | null, command: IncidentCommand): string {
  const over = INCIDENT_COMMAND_ROLES[command.name].length === 0 ? { actor: PAGE } : {};
  const decision = decide(ID, incident, command, contextAt(LATER, { target: TARGET, ...over }));
  if (!decision.ok) return decision.refusal.kind;
  return decision.events.length > 0 ? '+' : '=';
}

function decideEvents(incident: Incident | null, command: IncidentCommand): readonly IncidentEvent[] {
  const decision = decide(ID, incident, command, contextAt(LATER, { target: TARGET }));
  return decision.ok ? decision.events : [];
}

describe('every command in every step', () => {
  it('has a row for each command and a column for each step', () => {
    expect(Object.keys(TABLE).toSorted()).toEqual(
      INCIDENT_COMMAND_NAMES.filter((name) => name !== 'register').toSorted(),
    );
    for (const row of Object.values(TABLE)) expect(row.split(' ')).toHaveLength(STEP_NAMES.length);
  });

  const cases = Object.entries(TABLE).flatMap(([name, row]) =>
    row
      .split(' ')
      .map(
        (mark, at) =>
          [name as IncidentCommandName, STEP_NAMES[at] as StepName, REFUSALS[mark] ?? mark] as const,
      ),
  );
  it.each(cases)('%s in %s: %s', (name, step, expected) => {
    const incident = incidentIn(step);
    expect(incident.step.name).toBe(step);
    const example = EXAMPLES[name];
    const command =
      name === 'route' && currentAgency(incident) === null
        ? ({ ...example, args: { ...example.args, from: '' } } as IncidentCommand)
        : example;
    expect(verdict(incident, command)).toBe(expected);
  });

  it('knows nothing of an incident that is not there, and registers it once', () => {
    for (const name of INCIDENT_COMMAND_NAMES)
      expect(verdict(null, EXAMPLES[name])).toBe(name === 'register' ? '+' : 'no_such_incident');
    for (const step of STEP_NAMES)
      expect(verdict(incidentIn(step), EXAMPLES.register)).toBe('already_registered');
  });
});

describe('a reply on approval', () => {
  const seen = submissionOf(incidentIn('approval'));
  const approve = (submission: Submission, text = 'Перекрёсток расчищен.'): IncidentCommand => ({
    name: 'approve',
    args: { text, submission },
  });
  const sendBack = (submission: Submission): IncidentCommand => ({
    name: 'sendBack',
    args: { reason: 'нет срока', submission },
  });
  const again = build([
    ...WAY_TO.approval,
    EXAMPLES.sendBack,
    EXAMPLES.draftReply,
    EXAMPLES.submitForApproval,
  ]);

  it('is known by how many were submitted and by its text', () => {
    expect(submissionOf(incidentIn('in_progress'))).toEqual({ number: 0, text: '' });
    expect(seen).toEqual({ number: 1, text: 'Перекрёсток расчищен.' });
    expect(submissionOf(again)).toEqual({ number: 2, text: 'Перекрёсток расчищен.' });
  });

  it.each([
    ['an earlier submission of the same text', again, seen],
    ['another text under the same number', incidentIn('approval'), { ...seen, text: 'Будет расчищен.' }],
    ['a submission that is not there yet', incidentIn('approval'), { ...seen, number: 2 }],
  ])('is neither approved nor sent back by who saw %s', (_what, incident, submission) => {
    expect(verdict(incident, approve(submission))).toBe('other_submission');
    expect(verdict(incident, sendBack(submission))).toBe('other_submission');
  });

  it('is approved twice only as the same submission', () => {
    const approved = build([
      ...WAY_TO.approval,
      EXAMPLES.sendBack,
      EXAMPLES.draftReply,
      EXAMPLES.submitForApproval,
      approve(submissionOf(again)),
    ]);
    expect(verdict(approved, approve(submissionOf(again)))).toBe('=');
    expect(verdict(approved, approve(seen))).toBe('other_submission');
  });

  it('keeps its count when the registry begins the incident anew', () => {
    const registered = must(decideEvents(null, EXAMPLES.register)[0], 'an event');
    expect(submissionOf(evolveAll(ID, again, [registered])).number).toBe(2);
  });
});

describe('roles', () => {
  it.each(ROLES)('%s may do what the table of roles says and nothing else', (role) => {
    const actor: Actor = { id: 'x', role, agency: role === 'executor' ? 'another-agency' : null };
    for (const name of INCIDENT_COMMAND_NAMES) {
      const decision = decide(
        ID,
        incidentIn('in_progress'),
        EXAMPLES[name],
        contextAt(LATER, { actor, target: TARGET }),
      );
      const refusal = decision.ok ? null : decision.refusal.kind;
      const mayAct = INCIDENT_COMMAND_ROLES[name].includes(role);
      expect(refusal === 'role_may_not', name).toBe(!mayAct);
      expect(refusal === 'not_your_agency', name).toBe(mayAct && role === 'executor');
    }
  });

  it('lets an executor answer for its own agency', () => {
    const actor: Actor = { id: 'e', role: 'executor', agency: AGENCY };
    expect(decide(ID, incidentIn('in_progress'), EXAMPLES.draftReply, contextAt(LATER, { actor })).ok).toBe(
      true,
    );
  });
});

describe('what became of a message in its network', () => {
  const changed = (incident: Incident, args: ArgsOf<'changeSource'>): Incident => {
    const decision = decide(ID, incident, { name: 'changeSource', args }, contextAt(LATER, { actor: PAGE }));
    if (!decision.ok) throw new Error(decision.refusal.kind);
    return evolveAll(ID, incident, decision.events);
  };

  it('is kept beside our copy, each change once, for the message it happened to', () => {
    const { said, url } = EXAMPLES.changeSource.args;
    const at = TUESDAY_10 + 10 * MINUTE;
    const before = build([...WAY_TO.new, EXAMPLES.receiveMessage]);
    const thanks = EXAMPLES.receiveMessage.args;
    const first = changed(before, { said, url, text: 'Уже чистят.', at });
    const second = changed(first, { said, url, text: 'Уже чистят.', at: at + 1 });
    const third = changed(second, { said: thanks.at, url: thanks.url, text: null, at: at + 2 });
    expect(third.text).toBe(before.text);
    expect(third.messages).toEqual(before.messages);
    expect(third.sourceChanges).toEqual([
      { message: 0, at, text: 'Уже чистят.' },
      { message: 1, at: at + 2, text: null },
    ]);
    expect([textAtSource(third, 0), textAtSource(third, 1)]).toEqual(['Уже чистят.', null]);
    const restored = changed(third, { said: thanks.at, url: thanks.url, text: thanks.text, at: at + 3 });
    expect(textAtSource(restored, 1)).toBe('Спасибо');
    expect(restored.history.slice(-3).map(({ detail }) => detail['state'])).toEqual([
      'edited',
      'deleted',
      'edited',
    ]);
  });
});

describe('two people at once', () => {
  const route = (agency: string, from: string): IncidentCommand => ({
    name: 'route',
    args: { agency, unit: '', from, reason: '' },
  });

  it('refuses the second of two different routes and says who was first', () => {
    const decision = decide(ID, incidentIn('assigned'), route('dgk', ''), contextAt(LATER));
    expect(decision).toMatchObject({
      ok: false,
      refusal: { kind: 'already_routed', to: AGENCY, by: 'operator-1' },
    });
  });

  it('takes the same route twice as done', () => {
    expect(decide(ID, incidentIn('assigned'), route(AGENCY, ''), contextAt(LATER))).toEqual({
      ok: true,
      events: [],
      merged: [],
    });
  });

  it('refuses a topic chosen against an unseen one', () => {
    const command: IncidentCommand = {
      name: 'classify',
      args: { group: 'ЖКХ', topic: 'Отопление', from: '' },
    };
    expect(decide(ID, incidentIn('new'), command, contextAt(LATER))).toMatchObject({
      ok: false,
      refusal: { kind: 'changed_meanwhile', field: 'topic', current: 'Снег' },
    });
  });

  it('merges two places field by field and names what was overwritten', () => {
    const from = { municipality: '', settlement: '', street: '', house: '', object: '' };
    const here = { ...incidentIn('new'), place: { ...from, street: 'Ленина', house: '5' } };
    const command: IncidentCommand = {
      name: 'place',
      args: { place: { ...from, house: '7', object: 'Школа № 1' }, from },
    };
    const decision = decide(ID, here, command, contextAt(LATER));
    expect(decision).toMatchObject({ ok: true, merged: ['place.house'] });
    expect(evolveAll(ID, here, decision.ok ? decision.events : []).place).toEqual({
      ...from,
      street: 'Ленина',
      house: '7',
      object: 'Школа № 1',
    });
  });

  it('does not close over a message the operator has not seen', () => {
    const answered = build([...WAY_TO.satisfaction, EXAMPLES.setOutcome, EXAMPLES.receiveMessage]);
    expect(decide(ID, answered, EXAMPLES.close, contextAt(LATER))).toMatchObject({
      ok: false,
      refusal: { kind: 'new_message', seen: 0, now: 1 },
    });
  });

  it('keeps a claim of the first', () => {
    const claimed = build([...WAY_TO.new, EXAMPLES.claim]);
    const other: Actor = { id: 'operator-2', role: 'operator', agency: null };
    expect(decide(ID, claimed, EXAMPLES.claim, contextAt(LATER, { actor: other }))).toMatchObject({
      ok: false,
      refusal: { kind: 'already_claimed', by: 'operator-1' },
    });
  });
});

describe('deadlines', () => {
  it('runs nine working hours from creation, four when important, none after the final answer', () => {
    const fresh = incidentIn('new');
    expect(fresh.due).toMatchObject({
      from: TUESDAY_10,
      at: Date.UTC(2022, 0, 19, 0, 0),
      policy: 'first-reply-ordinary',
    });
    expect(build([...WAY_TO.new, EXAMPLES.setImportance]).due?.at).toBe(TUESDAY_10 + 240 * MINUTE);
    expect(incidentIn('satisfaction').due).toBeNull();
  });

  it('starts the second clock at an interim answer and turns its promise into a control', () => {
    const promise = { due: TUESDAY_10 + 5000 * MINUTE, phrase: 'до пятницы', precision: 'day' } as const;
    const draft: IncidentCommand = {
      name: 'draftReply',
      args: { text: 'Вернёмся до пятницы.', kind: 'interim', promises: [promise] },
    };
    const interim = build([
      ...WAY_TO.in_progress,
      draft,
      EXAMPLES.submitForApproval,
      {
        name: 'approve',
        args: { text: 'Вернёмся до пятницы.', submission: { number: 1, text: 'Вернёмся до пятницы.' } },
      },
      EXAMPLES.recordPublication,
    ]);
    expect(interim.step.name).toBe('in_progress');
    expect(interim.due).toMatchObject({ policy: 'final-after-interim', from: TUESDAY_10 + 30 * MINUTE });
    expect(interim.promises).toEqual([{ id: 0, ...promise, state: 'open' }]);
    expect(verdict(interim, EXAMPLES.editPromise)).toBe('+');
  });

  it('counts a reopened incident from its reopening', () => {
    const reopened = incidentIn('reopened');
    expect(reopened.due?.from).toBe(reopened.step.since);
  });
});
