import { describe, expect, it } from 'vitest';
import type { Actor } from '#shared/domain/actor.ts';
import {
  INCIDENT_COMMAND_ROLES,
  type ArgsOf,
  type IncidentCommand,
  type IncidentCommandName,
} from '#shared/domain/command.ts';
import { decide, type Decision } from '#shared/domain/decide.ts';
import { evolveAll } from '#shared/domain/evolve.ts';
import { currentAssignment, openReply, type Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import { sameJson } from '#shared/domain/same-json.ts';
import { STEP_NAMES } from '#shared/domain/step.ts';
import { seenOn } from '#shared/domain/subject.ts';
import { submissionOf } from '#shared/domain/submission.ts';
import {
  AGENCY,
  EXAMPLES,
  ID,
  MINUTE,
  OPERATOR,
  PLACE,
  TARGET,
  TUESDAY_10,
  build,
  contextAt,
  incidentIn,
  WAY_TO,
} from '#tests/fixtures/incident-builder.ts';

const LATER = TUESDAY_10 + 120 * MINUTE;
const COLLEAGUE: Actor = { id: 'operator-2', role: 'operator', agency: null };
const PAGE: Actor = { id: 'channel:1', role: 'system', agency: null };

type Judged = Exclude<IncidentCommandName, 'register' | 'undo'>;
const NAMES = Object.keys(EXAMPLES).filter((name) => name !== 'register' && name !== 'undo') as Judged[];

/** Arguments of a colleague who gives the same command and means something else by it. */
const COLLEAGUES: { readonly [N in Judged]?: Partial<ArgsOf<N>> } = {
  classify: { group: 'Дороги', topic: 'Ямы' },
  place: { place: { ...PLACE, house: '2' } },
  route: { agency: AGENCY, unit: 'отдел дорог' },
  returnToCentre: { reason: 'не наш посёлок' },
  draftReply: { text: 'Перекрёсток расчистят завтра.' },
  approve: { text: 'Анна, перекрёсток расчистили.' },
  recordPublication: { link: 'https://vk.example/2' },
  receiveMessage: { text: 'Ещё не чистили' },
  changeSource: { text: null },
  defer: { until: TUESDAY_10 + 200_000 * MINUTE },
  setOutcome: { type: 'informational', outcome: 'explained' },
  close: { reason: 'author_silent' },
  reopen: { reason: 'лёд' },
  reject: { reason: 'other', comment: 'не к нам' },
  merge: { into: '0197a000-0000-7000-8000-000000000003' },
  note: { text: 'писали' },
  tag: { add: ['двор'] },
  recordSurvey: { grade: 2 },
  editPromise: { state: 'broken' },
  movePromise: { due: TUESDAY_10 + 30_000 * MINUTE },
};

const typed = (type: 'solvable' | 'informational'): IncidentCommand => ({
  name: 'setOutcome',
  args: { type, outcome: 'explained' },
});
const promised: IncidentCommand = {
  name: 'draftReply',
  args: {
    text: 'Расчистим во вторник.',
    kind: 'final',
    promises: [{ due: TUESDAY_10 + 9000 * MINUTE, phrase: 'во вторник' }],
  },
};
const answered = (reply: IncidentCommand, text: string): readonly IncidentCommand[] => [
  ...WAY_TO.in_progress,
  reply,
  EXAMPLES.submitForApproval,
  { name: 'approve', args: { text, submission: { number: 1, text } } },
  EXAMPLES.recordPublication,
];

/** Incidents as two people may have before them: in every step, and with more decided about them. */
const STARTS: readonly Incident[] = [
  ...STEP_NAMES.map(incidentIn),
  build([...WAY_TO.new, EXAMPLES.claim]),
  build([...WAY_TO.new, EXAMPLES.setImportance]),
  build([...WAY_TO.in_progress, EXAMPLES.claim, typed('informational')]),
  build([...WAY_TO.in_progress, promised]),
  build([...answered(promised, 'Расчистим во вторник.'), typed('informational'), EXAMPLES.recordSurvey]),
  build([...answered(EXAMPLES.draftReply, 'Перекрёсток расчищен.'), typed('solvable')]),
];

function judge(incident: Incident, command: IncidentCommand, person: Actor): Decision {
  const actor = INCIDENT_COMMAND_ROLES[command.name].length === 0 ? PAGE : person;
  return decide(ID, incident, command, contextAt(LATER, { target: TARGET, actor }));
}

/** A command as it is sent by somebody with this incident on the screen. */
function sentFrom(name: Judged, shown: Incident, over: object = {}): IncidentCommand {
  const own: Partial<Record<Judged, object>> = {
    classify: { from: shown.classification?.topic ?? '' },
    place: { from: shown.place },
    route: { from: currentAssignment(shown)?.agency ?? '' },
    setImportance: { importance: shown.importance === 'high' ? 'ordinary' : 'high' },
    approve: { submission: submissionOf(shown) },
    sendBack: { submission: submissionOf(shown) },
    close: { seenMessages: shown.messages.length },
    editPromise: { due: shown.promises[0]?.due },
  };
  return seenOn({ name, args: { ...EXAMPLES[name].args, ...own[name], ...over } } as IncidentCommand, shown);
}

/** Two people act on the same incident without knowing of each other: the colleague's command came first. */
interface Meeting {
  readonly mine: Judged;
  readonly theirs: Judged;
  readonly start: Incident;
  readonly between: Incident;
  readonly decision: Decision;
}

function meetingsOf(mine: Judged, theirs: Judged): readonly Meeting[] {
  return STARTS.flatMap((start) => {
    const command = sentFrom(mine, start);
    const alone = judge(start, command, OPERATOR);
    const first = judge(start, sentFrom(theirs, start, COLLEAGUES[theirs]), COLLEAGUE);
    if (!alone.ok || alone.events.length === 0 || !first.ok || first.events.length === 0) return [];
    const between = evolveAll(ID, start, first.events);
    return [{ mine, theirs, start, between, decision: judge(between, command, OPERATOR) }];
  });
}

const MEETINGS = new Map(
  NAMES.map((mine) => [mine, new Map(NAMES.map((theirs) => [theirs, meetingsOf(mine, theirs)]))]),
);

function markOf({ decision }: Meeting): string {
  if (!decision.ok) return decision.refusal.kind === 'wrong_step' ? 'w' : 'r';
  if (decision.events.length === 0) return '=';
  return decision.merged.length > 0 ? 'm' : '+';
}

const cellOf = (meetings: readonly Meeting[]): string =>
  [...new Set(meetings.map(markOf))].toSorted().join('') || '.';

/** Everything somebody decided about an incident, by name. */
function decisionsOf(incident: Incident): Readonly<Record<string, unknown>> {
  const { classification, importance, place, type, outcome, survey, promises, closing, holder, step } =
    incident;
  const { agency = null, unit = null } = currentAssignment(incident) ?? {};
  const { text = null, kind = null, state = null } = openReply(incident) ?? {};
  return {
    classification,
    importance,
    place,
    outcome: [type, outcome],
    survey,
    promises,
    closing,
    holder,
    turn: [agency, unit],
    reply: [text, kind, state],
    until: step.name === 'deferred' ? step.until : null,
    end: step.name === 'rejected' ? step.reason : step.name === 'merged' ? step.into : null,
  };
}

const changedIn = (before: Incident, after: Incident): readonly string[] => {
  const [was, is] = [decisionsOf(before), decisionsOf(after)];
  return Object.keys(was).filter((name) => !sameJson(was[name], is[name]));
};

/**
 * The end of the command in the row (what the person sends who did not know) after a colleague's command
 * in the column, from every start in which both could be done: `+` applied, `m` merged and told, `r` refused
 * by name, `w` the step allows it no more, `=` so already, `.` never both; several where it depends on the
 * start. Written down so that a change of the rules shows here.
 */
const TABLE: Readonly<Record<Judged, string>> = {
  classify: 'r + + + . + +  + + + + + + + + + + + + w w . + + + + +',
  place: '+ m + + . + +  + + + + + + + + + + + + w w . + + + + +',
  setImportance: '+ + = + . + +  + + + + + + + + + + + + w w . + + + + +',
  claim: '+ + + r . + +  + + + + + + + + + + + + w w . + + + + +',
  release: '+ + + . . + .  + + . . . . + + + . . . = = . + + . . .',
  route: '+ + + + . r +r r + w . . . + + r + . . w w . + + . . .',
  takeToWork: '+ + + + . r =  w . . . . . + + r + . . . w . + + . . .',
  returnToCentre: '+ + + + . r +r w + w . . . + + r + . . . w . + + . . .',
  draftReply: '+ + + + . w .  w r w . . . + + w + . . . w . + + . . .',
  submitForApproval: '+ + + + . w .  w r = . . . + + w + . . . w . + + . . .',
  approve: '+ + + + . . .  . . . w w . + + . + . . . . . + + . . .',
  sendBack: '+ + + + . . .  . . . w w . + + . + . . . . . + + . . .',
  recordPublication: '+ + + + . . .  . . . . . w + + . + . . . . . + + . . .',
  receiveMessage: '+ + + + . + +  + + + + + + + + + + + + + + + + + + + +',
  changeSource: '+ + + + . + +  + + + + + + + + + + + + + + + + + + + +',
  defer: '+ + + + . r +r w + w . . . + + r + . . . w . + + . . .',
  setOutcome: '+ + + + . w +  w + + + + + + + + r w w . w . + + + + +',
  close: '+ + + r . . .  . . . . . . r + . r w w . . . + + + + +',
  reopen: '+ + + + . . .  . . . . . . + + . r r w . . . + + + + +',
  reject: '+ + + r . w .  . . . . . . + + . . . . r w . + + . . .',
  merge: '+ + + r . r r  r + w . . . + + w + . . w w . + + . . .',
  unmerge: '. . . . . . .  . . . . . . + + . . . . . . w + + . . .',
  note: '+ + + + . + +  + + + + + + + + + + + + + + + + + + + +',
  tag: '+ + + + . + +  + + + + + + + + + + + + + + + + + + + +',
  recordSurvey: '+ + + + . . .  . . . . . . + + . + + w . . . + + r . .',
  editPromise: '+ + + + . . .  . . . . . . + + . . + + . . . + + + r r',
  movePromise: '+ + + + . . .  . . . . . . + + . . + + . . . + + + r r',
};

describe('two people who do not know of each other', () => {
  const meetings = [...MEETINGS.values()].flatMap((row) => [...row.values()].flat());

  it('meet in most commands', () => {
    expect(meetings.length).toBeGreaterThan(1000);
  });

  it.each(NAMES)('%s after everything else', (mine) => {
    expect(NAMES.map((theirs) => cellOf(MEETINGS.get(mine)?.get(theirs) ?? [])).join(' ')).toBe(
      TABLE[mine].replaceAll(/\s+/g, ' '),
    );
  });

  it('never overwrite a decision in silence', () => {
    const overwritten = meetings.flatMap(({ mine, theirs, start, between, decision }) => {
      if (!decision.ok || decision.events.length === 0) return [];
      const theirDecisions = changedIn(start, between);
      const both = changedIn(between, evolveAll(ID, between, decision.events)).filter((name) =>
        theirDecisions.includes(name),
      );
      const isTold = decision.merged.length > 0;
      return isTold ? [] : both.map((name) => `${mine} over ${theirs}: ${name} in ${start.step.name}`);
    });
    expect(overwritten).toEqual([]);
  });

  it('are told whose decision stands', () => {
    const { decision } = must(meetingsOf('defer', 'defer')[0], 'a meeting');
    expect(decision).toEqual({
      ok: false,
      refusal: { kind: 'decided_meanwhile', act: 'deferred', by: COLLEAGUE.id, at: LATER },
    });
  });
});

describe('a decision on what was seen', () => {
  const start = incidentIn('in_progress');
  const defer = sentFrom('defer', start);
  const after = (incident: Incident, command: IncidentCommand, person = COLLEAGUE): Incident => {
    const decision = judge(incident, command, person);
    if (!decision.ok) throw new Error(decision.refusal.kind);
    return evolveAll(ID, incident, decision.events);
  };

  it('is not disturbed by notes, tags, messages and other facts', () => {
    const busy = ['note', 'tag', 'receiveMessage', 'classify', 'place', 'setImportance', 'claim'] as const;
    const between = busy.reduce((incident, name) => after(incident, sentFrom(name, incident)), start);
    expect(judge(between, defer, OPERATOR).ok).toBe(true);
  });

  it('is not disturbed by a moment that the API corrects', () => {
    const route = sentFrom('route', start, { agency: 'dgk', from: AGENCY });
    const early = decide(ID, start, route, contextAt(LATER - MINUTE));
    const late = decide(ID, start, route, contextAt(LATER));
    if (!early.ok || !late.ok) throw new Error('not routed');
    const take = sentFrom('takeToWork', evolveAll(ID, start, late.events));
    expect(judge(evolveAll(ID, start, early.events), take, OPERATOR).ok).toBe(true);
  });

  it('of an earlier release, which says nothing of what was seen, is decided as it was', () => {
    const between = after(start, sentFrom('defer', start, COLLEAGUES.defer));
    expect(judge(between, EXAMPLES.defer, OPERATOR).ok).toBe(true);
    expect(judge(between, defer, OPERATOR).ok).toBe(false);
  });

  it('goes on from an own one that is still on its way, and falls with it', () => {
    const own = after(start, sentFrom('draftReply', start), OPERATOR);
    const submit = sentFrom('submitForApproval', own);
    expect(judge(own, submit, OPERATOR).ok).toBe(true);
    const theirs = after(start, sentFrom('draftReply', start, COLLEAGUES.draftReply));
    expect(judge(theirs, submit, OPERATOR)).toMatchObject({ refusal: { kind: 'decided_meanwhile' } });
    const submitted = after(theirs, sentFrom('submitForApproval', theirs));
    expect(judge(submitted, submit, OPERATOR)).toMatchObject({ refusal: { kind: 'decided_meanwhile' } });
  });

  it('is stale after an act that was done and taken back by others', () => {
    const id = '0197a000-0000-7000-8000-0000000000aa';
    const assigned = incidentIn('assigned');
    const route = decide(ID, assigned, sentFrom('route', assigned, { agency: 'dgk' }), {
      ...contextAt(LATER),
      actor: COLLEAGUE,
      command: id,
    });
    if (!route.ok) throw new Error('not routed');
    const routed = evolveAll(ID, assigned, route.events);
    const undone = after(routed, { name: 'undo', args: { event: id } });
    expect(currentAssignment(undone)?.agency).toBe(AGENCY);
    expect(judge(undone, sentFrom('takeToWork', routed), OPERATOR)).toMatchObject({
      refusal: { kind: 'decided_meanwhile', act: 'undone' },
    });
  });
});
