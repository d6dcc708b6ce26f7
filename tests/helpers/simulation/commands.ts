import type { IncidentCommand } from '#shared/domain/command.ts';
import { currentAgency, type Incident } from '#shared/domain/incident.ts';
import { submissionOf } from '#shared/domain/submission.ts';
import { NOON, REGISTER } from '../sync-fixtures.ts';

const NEVER = { number: 0, text: '' };
const AGENCIES = ['roads', 'housing', 'health'] as const;
const agencyOf = (n: number): string => AGENCIES[n % AGENCIES.length] ?? 'roads';

const PLACE = { municipality: 'Биробиджан', settlement: '', street: 'Примерная', house: '', object: '' };
/** The id of a command that nobody ever gave. */
const NOBODYS = '0197a000-0000-7000-8000-00000000dead';

type Maker = (incident: Incident | null, n: number, region: string) => IncidentCommand;

/** Commands an operator would give about the incident he sees; `n` makes one differ from another. */
const MAKERS: readonly Maker[] = [
  (incident, n) => ({
    name: 'route',
    args: {
      agency: agencyOf(n),
      unit: '',
      from: (incident && currentAgency(incident)) ?? '',
      reason: `${n}`,
    },
  }),
  (_incident, n) => ({ name: 'note', args: { text: `заметка ${n}` } }),
  (incident) => ({
    name: 'close',
    args: { reason: 'author_pleased', grade: null, seenMessages: incident?.messages.length ?? 0 },
  }),
  (_incident, n) => ({ name: 'reopen', args: { reason: `снова ${n}` } }),
  () => ({ name: 'claim', args: {} }),
  () => ({ name: 'release', args: {} }),
  () => ({ name: 'takeToWork', args: {} }),
  (_incident, n) => ({
    name: 'draftReply',
    args: { text: `Ответ ${n}`, kind: n % 2 ? 'final' : 'interim', promises: [] },
  }),
  () => ({ name: 'submitForApproval', args: {} }),
  (incident) => {
    const seen = incident === null ? NEVER : submissionOf(incident);
    return { name: 'approve', args: { text: seen.text || 'Ответ', submission: seen } };
  },
  (incident, n) => ({
    name: 'sendBack',
    args: { reason: `не так ${n}`, submission: incident === null ? NEVER : submissionOf(incident) },
  }),
  (_incident, n) => ({
    name: 'recordPublication',
    args: { at: NOON - 1000 + (n % 100), link: '', account: 'Центр', hasMedia: false },
  }),
  (_incident, n) => ({
    name: 'setOutcome',
    args: { type: n % 2 ? 'solvable' : 'informational', outcome: 'solved' },
  }),
  (_incident, n) => ({
    name: 'receiveMessage',
    args: { text: `ещё ${n}`, at: NOON - 5000 + (n % 100), url: '' },
  }),
  (_incident, n) => ({ name: 'tag', args: { add: [`метка ${n % 4}`], remove: [`метка ${(n + 1) % 4}`] } }),
  (_incident, n) => ({ name: 'returnToCentre', args: { reason: `не наше ${n}`, target: null } }),
  (incident, n) => ({
    name: 'classify',
    args: { group: 'Дороги', topic: `Тема ${n % 3}`, from: incident?.classification?.topic ?? '' },
  }),
  (_incident, n) => ({
    name: 'setImportance',
    args: { importance: n % 2 ? 'high' : 'ordinary', reason: '' },
  }),
  (incident, n) => ({
    name: 'place',
    args: { place: { ...PLACE, house: `${n % 5}` }, from: incident?.place ?? PLACE },
  }),
  (_incident, n) => ({ name: 'defer', args: { until: NOON + 86_400_000 * (1 + n), reason: `ждём ${n}` } }),
  (_incident, n) => ({ name: 'reject', args: { reason: 'spam', comment: `${n}` } }),
  // Mostly of the newest act, now and then of one below it, or of none that is known here.
  (incident, n) => ({
    name: 'undo',
    args: { event: incident?.undoable?.at(n % 5 === 0 ? -2 : -1)?.command ?? NOBODYS },
  }),
  (_incident, n, region) => ({ name: 'register', args: { ...REGISTER, region, text: `Новое ${n}` } }),
];

export const COMMAND_KINDS = MAKERS.length;

export function commandFor(
  kind: number,
  incident: Incident | null,
  n: number,
  region: string,
): IncidentCommand {
  const maker = MAKERS[kind % MAKERS.length];
  if (maker === undefined) throw new Error('No such kind of command');
  return maker(incident, n, region);
}
