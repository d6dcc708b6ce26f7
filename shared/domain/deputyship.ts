import { CENTRE_ROLES, type Role } from './actor.ts';
import { dayOfDate, type LocalDate } from './time-zone.ts';

/** The days of one stretch at most: a year and the day that it may begin on again. */
export const LONGEST_DEPUTYSHIP = 366;
/** Stretches of one person that are not over yet. */
export const MOST_DEPUTYSHIPS = 20;

/** Reasons why nobody is named so; each is `deputy_<reason>` among the API's errors. */
export const DEPUTY_TROUBLES = [
  'ends_first',
  'over',
  'long',
  'oneself',
  'unknown',
  'of_disabled',
  'disabled',
  'needless',
  'other_agency',
  'not_of_centre',
  'overlaps',
  'ring',
  'over_limit',
] as const;
export type DeputyTrouble = (typeof DEPUTY_TROUBLES)[number];

/** Days of the region, both included, on which `deputy` stands in for `person`; both are account ids. */
export interface Deputyship {
  readonly id: string;
  readonly person: string;
  readonly deputy: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** Somebody who may need a deputy or be one. */
export interface Colleague {
  readonly id: string;
  readonly role: Role;
  readonly agency: string | null;
  readonly isDisabled: boolean;
}

type Colleagues = ReadonlyMap<string, Colleague>;
type Days = Pick<Deputyship, 'from' | 'to'>;

/** Things that a deputyship is judged on: the region's people, what was named already, and its day now. */
export interface DeputySurroundings {
  readonly people: Colleagues;
  readonly named: readonly Deputyship[];
  readonly today: LocalDate;
}

const areTogether = (a: Days, b: Days): boolean => a.from <= b.to && b.from <= a.to;

/** True on the days on which a deputyship holds; it ends by itself. */
export const holdsOn = ({ from, to }: Days, day: LocalDate): boolean => from <= day && day <= to;

/**
 * Says why one person cannot do the work of another; null when they can. A deputy gets no rights: an executor
 * sees their own agency alone, so the wall stays where it was, and the centre's work is all its people's.
 */
export function misfitOf(person: Colleague, deputy: Colleague): DeputyTrouble | null {
  if (person.isDisabled) return 'of_disabled';
  if (deputy.isDisabled) return 'disabled';
  if (person.role === 'observer') return 'needless';
  if (person.role === 'executor')
    return deputy.role === 'executor' && deputy.agency === person.agency ? null : 'other_agency';
  return CENTRE_ROLES.includes(deputy.role) ? null : 'not_of_centre';
}

/** Says why somebody may not be named a deputy so; null when they may. What has the same id is replaced. */
export function judgeDeputyship(
  wanted: Deputyship,
  { people, named, today }: DeputySurroundings,
): DeputyTrouble | null {
  const { from, to } = wanted;
  if (to < from) return 'ends_first';
  if (to < today) return 'over';
  if (lengthOf(wanted) > LONGEST_DEPUTYSHIP) return 'long';
  if (wanted.deputy === wanted.person) return 'oneself';
  const [person, deputy] = [people.get(wanted.person), people.get(wanted.deputy)];
  if (person === undefined || deputy === undefined) return 'unknown';
  const others = named.filter(({ id }) => id !== wanted.id);
  const own = others.filter((other) => other.person === wanted.person && other.to >= today);
  return (
    misfitOf(person, deputy) ??
    (own.some((other) => areTogether(other, wanted)) ? 'overlaps' : null) ??
    (leadsTo(wanted.person, wanted.deputy, wanted, others) ? 'ring' : null) ??
    (own.length >= MOST_DEPUTYSHIPS ? 'over_limit' : null)
  );
}

function lengthOf({ from, to }: Days): number {
  const [first, last] = [dayOfDate(from), dayOfDate(to)];
  return first === null || last === null ? Number.POSITIVE_INFINITY : last - first + 1;
}

/** Tells whether on one of these days the work of `start` would come back to `goal`. No ring is there yet. */
function leadsTo(goal: string, start: string, days: Days, named: readonly Deputyship[]): boolean {
  return named.some((next) => {
    if (next.person !== start || !areTogether(next, days)) return false;
    const common = {
      from: next.from > days.from ? next.from : days.from,
      to: next.to < days.to ? next.to : days.to,
    };
    return next.deputy === goal || leadsTo(goal, next.deputy, common, named);
  });
}

/**
 * Finds for whom somebody stands in on a day: those who named them, and those for whom these stand in
 * themselves. Whoever was disabled, or moved to another role or agency since, is left out.
 */
export function stoodForBy(
  id: string,
  day: LocalDate,
  { people, named }: Omit<DeputySurroundings, 'today'>,
): readonly string[] {
  const found: string[] = [];
  const waiting = [id];
  for (let deputy = waiting.pop(); deputy !== undefined; deputy = waiting.pop()) {
    for (const ship of named) {
      if (ship.deputy !== deputy || !holdsOn(ship, day) || !isFit(ship, people)) continue;
      if (ship.person === id || found.includes(ship.person)) continue;
      found.push(ship.person);
      waiting.push(ship.person);
    }
  }
  return found;
}

/** Tells whether a deputyship still has two people who can do one another's work. */
export function isFit(ship: Deputyship, people: Colleagues): boolean {
  const [person, deputy] = [people.get(ship.person), people.get(ship.deputy)];
  return person !== undefined && deputy !== undefined && misfitOf(person, deputy) === null;
}
