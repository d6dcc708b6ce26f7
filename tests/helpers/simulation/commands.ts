import type { IncidentCommand } from '#shared/domain/command.ts';
import { currentAgency, openReply, type Incident } from '#shared/domain/incident.ts';
import { INSTANTS } from '#shared/domain/instant.ts';
import type { RecordCommand } from '#shared/domain/record.ts';
import type { StepName } from '#shared/domain/step.ts';
import { seenOn } from '#shared/domain/subject.ts';
import { submissionOf } from '#shared/domain/submission.ts';
import type { Command, CommandName } from '#shared/protocol/command-versions.ts';
import { NOON, REGISTER } from '../sync-fixtures.ts';

const NEVER = { number: 0, text: '' };
/** Mostly the one whose executors sit at the consoles. */
const AGENCIES = ['roads', 'housing', 'roads', 'health', 'roads', 'nobody'] as const;
const agencyOf = (n: number): string => AGENCIES[n % AGENCIES.length] ?? 'roads';
const DAY_MS = 86_400_000;

const PLACE = { municipality: 'Биробиджан', settlement: '', street: 'Примерная', house: '', object: '' };
/** The id of a command that nobody ever gave. */
const NOBODYS = '0197a000-0000-7000-8000-00000000dead';
/** The centre's one campaign. */
const CAMPAIGN = '0197a000-0000-7000-8000-00000000ca01';
/** Words that tell who somebody is; an observer's console must never hold them. */
export const IDENTIFIERS = { author: 'Аполлинария Тестова', phone: '+7 914 123-45-67' } as const;

/** The things a person sees when he gives a command. */
export interface Sight {
  readonly incident: Incident | null;
  readonly region: string;
  /** Other incidents that there are. */
  readonly others: readonly string[];
  /** The centre's campaign as it is shown, null when there is none. */
  readonly campaign: Readonly<Record<string, unknown>> | null;
}

type Maker = (sight: Sight, n: number) => Command;
type Simulated = Exclude<CommandName, 'changeSource' | 'saveRecords'>;

/** Commands people would give about what they see; `n` makes one differ from another. */
const MAKERS: Readonly<Record<Simulated, Maker>> = {
  route: ({ incident }, n) => ({
    name: 'route',
    args: {
      agency: agencyOf(n),
      unit: '',
      from: (incident && currentAgency(incident)) ?? '',
      reason: `${n}`,
    },
  }),
  note: (_sight, n) => ({ name: 'note', args: { text: `заметка ${n}, ${IDENTIFIERS.phone}` } }),
  close: ({ incident }, n) => ({
    name: 'close',
    args: {
      reason: 'author_pleased',
      grade: n % 2 ? 5 : null,
      seenMessages: incident?.messages.length ?? 0,
    },
  }),
  reopen: (_sight, n) => ({ name: 'reopen', args: { reason: `снова ${n}` } }),
  claim: () => ({ name: 'claim', args: {} }),
  release: () => ({ name: 'release', args: {} }),
  takeToWork: () => ({ name: 'takeToWork', args: {} }),
  draftReply: (_sight, n) => ({
    name: 'draftReply',
    args: {
      text: `Ответ ${n}`,
      kind: n % 2 ? 'final' : 'interim',
      promises: n % 3 === 0 ? [{ due: NOON + 3 * DAY_MS, phrase: 'до пятницы', precision: 'day' }] : [],
    },
  }),
  submitForApproval: () => ({ name: 'submitForApproval', args: {} }),
  approve: ({ incident }) => {
    const seen = incident === null ? NEVER : submissionOf(incident);
    return { name: 'approve', args: { text: seen.text || 'Ответ', submission: seen } };
  },
  sendBack: ({ incident }, n) => ({
    name: 'sendBack',
    args: { reason: `не так ${n}`, submission: incident === null ? NEVER : submissionOf(incident) },
  }),
  recordPublication: (_sight, n) => ({
    name: 'recordPublication',
    args: {
      at: n % 10 === 9 ? NOON + 30 * DAY_MS : NOON - 1000 + (n % 100),
      link: '',
      account: 'Центр',
      hasMedia: false,
    },
  }),
  setOutcome: (_sight, n) => ({
    name: 'setOutcome',
    args: { type: n % 2 ? 'solvable' : 'informational', outcome: 'solved' },
  }),
  receiveMessage: (_sight, n) => ({
    name: 'receiveMessage',
    args: { text: `ещё ${n}`, at: NOON - 5000 + (n % 100), url: '', author: IDENTIFIERS.author },
  }),
  tag: (_sight, n) => ({
    name: 'tag',
    args: { add: [`метка ${n % 4}`], remove: [`метка ${(n + 1) % 4}`] },
  }),
  returnToCentre: (_sight, n) => ({ name: 'returnToCentre', args: { reason: `не наше ${n}`, target: null } }),
  classify: ({ incident }, n) => ({
    name: 'classify',
    args: { group: 'Дороги', topic: `Тема ${n % 3}`, from: incident?.classification?.topic ?? '' },
  }),
  setImportance: (_sight, n) => ({
    name: 'setImportance',
    args: { importance: n % 2 ? 'high' : 'ordinary', reason: '' },
  }),
  place: ({ incident }, n) => ({
    name: 'place',
    args: { place: { ...PLACE, house: `${n % 5}` }, from: incident?.place ?? PLACE },
  }),
  defer: (_sight, n) => ({
    name: 'defer',
    args: { until: n % 11 === 10 ? INSTANTS.from : NOON + DAY_MS * (1 + n), reason: `ждём ${n}` },
  }),
  reject: (_sight, n) => ({ name: 'reject', args: { reason: 'spam', comment: `${n}` } }),
  merge: ({ incident, others }, n) => ({
    name: 'merge',
    args: { into: others[n % others.length] ?? incident?.id ?? NOBODYS },
  }),
  unmerge: () => ({ name: 'unmerge', args: {} }),
  recordSurvey: (_sight, n) => ({ name: 'recordSurvey', args: { sent: true, grade: n % 2 ? 4 : null } }),
  editPromise: ({ incident }, n) => ({
    name: 'editPromise',
    args: {
      promise: 0,
      due: incident?.promises[0]?.due ?? NOON + 3 * DAY_MS,
      state: (['kept', 'broken', 'open'] as const)[n % 3] ?? 'open',
    },
  }),
  movePromise: (_sight, n) => ({
    name: 'movePromise',
    args: {
      promise: 0,
      due: NOON + DAY_MS * (1 + n),
      precision: 'day',
      reason: n % 7 === 6 ? '' : `ждём ${n}`,
    },
  }),
  // Mostly of the newest act, now and then of one below it, or of none that is known here.
  undo: ({ incident }, n) => ({
    name: 'undo',
    args: { event: incident?.undoable?.at(n % 5 === 0 ? -2 : -1)?.command ?? NOBODYS },
  }),
  register: ({ region }, n) => ({
    name: 'register',
    args: {
      ...REGISTER,
      region: n % 13 === 12 ? 'elsewhere' : region,
      text: `Новое ${n}, мой телефон ${IDENTIFIERS.phone}`,
      author: { name: IDENTIFIERS.author, url: '' },
    },
  }),
  saveRecord: ({ campaign }, n) => saveCampaign(campaign, n),
  removeRecord: () => ({ name: 'removeRecord', args: { kind: 'campaign' } }),
};

function saveCampaign(seen: Sight['campaign'], n: number): RecordCommand {
  const row = {
    id: CAMPAIGN,
    title: `Кампания ${n}`,
    topics: [],
    reason: '',
    from: '2026-03-01',
    to: '2026-03-31',
    materials: [],
    posts: [],
    reach: null,
    note: '',
  };
  const from = seen === null ? null : { title: seen['title'] ?? null };
  return { name: 'saveRecord', args: { kind: 'campaign', row, from } };
}

/** Commands about an incident that is there. */
export const INCIDENT_COMMANDS = (Object.keys(MAKERS) as readonly Simulated[]).filter(
  (name): name is Exclude<Simulated, 'register' | 'saveRecord' | 'removeRecord'> =>
    !['register', 'saveRecord', 'removeRecord'].includes(name),
);

/** Makes such a command, for one who sees no other incident. */
export const incidentCommandFor = (
  name: (typeof INCIDENT_COMMANDS)[number],
  incident: Incident,
  n: number,
): IncidentCommand =>
  commandFor(name, { incident, region: 'eao', others: [], campaign: null }, n) as IncidentCommand;

export const SIMULATED_COMMANDS = Object.keys(MAKERS) as readonly Simulated[];
export type SimulatedCommand = Simulated;

/** The id that a command of this name goes to: a record's own, or the incident's. */
export const targetOf = (name: Simulated, incident: string): string => {
  if (name === 'register') return '';
  return name === 'saveRecord' || name === 'removeRecord' ? CAMPAIGN : incident;
};

/** Commands that usually come next at a step, for whoever may give them. */
const WAY: Readonly<Record<StepName, readonly Simulated[]>> = {
  new: ['route', 'route', 'route', 'classify', 'reject', 'merge'],
  returned: ['route'],
  reopened: ['route'],
  assigned: ['takeToWork', 'takeToWork', 'undo', 'returnToCentre', 'undo'],
  in_progress: ['draftReply', 'draftReply', 'draftReply', 'defer', 'undo'],
  approval: ['approve', 'approve', 'approve', 'sendBack'],
  publishing: ['recordPublication', 'recordPublication', 'draftReply'],
  satisfaction: ['setOutcome', 'close', 'close', 'recordSurvey', 'editPromise', 'movePromise'],
  done: ['reopen', 'recordSurvey', 'editPromise', 'movePromise', 'close'],
  deferred: ['draftReply', 'takeToWork'],
  rejected: ['reopen', 'undo'],
  merged: ['unmerge', 'undo'],
};

/** The command that usually comes next. */
export function nextOn(incident: Incident | null, n: number): Simulated {
  if (incident === null) return 'register';
  if (incident.step.name === 'in_progress' && openReply(incident)?.state === 'draft')
    return 'submitForApproval';
  if (incident.step.name === 'satisfaction' && incident.outcome === null) return 'setOutcome';
  const way = WAY[incident.step.name];
  return way[n % way.length] ?? 'note';
}

export const CAMPAIGN_ID = CAMPAIGN;

/** Makes the command; of every seven one does not say what it was decided on, as older consoles did not. */
export function commandFor(name: Simulated, sight: Sight, n: number): Command {
  const command = MAKERS[name](sight, n);
  const isOlder = n % 7 === 6 || sight.incident === null;
  return isOlder || command.name === 'saveRecord' || command.name === 'removeRecord'
    ? command
    : seenOn(command as IncidentCommand, sight.incident);
}
