import { isDeepStrictEqual } from 'node:util';
import type { Incident } from '#shared/domain/incident.ts';
import { REVISIONS_AHEAD } from '#server/sync/put-back.ts';
import { readSnapshotPage } from '#renderer/data/sync/snapshot-page.ts';
import type { Coverage } from './coverage.ts';
import { IDENTIFIERS } from './commands.ts';
import { plainArgs } from './spoiled-storage.ts';
import type { ReportDesk } from './report-desk.ts';
import { rowFor } from './row-for.ts';
import type { SimulatedRegion } from './region.ts';
import type { ReleasedRegion } from './two-releases.ts';
import type { SimulatedConsole } from './simulated-console.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface World {
  readonly region: ReleasedRegion;
  readonly time: VirtualTime;
  readonly consoles: readonly SimulatedConsole[];
  /** Consoles by number, in the order in which they come back in the end; the others are first. */
  order: readonly number[];
  /** Desks at which summaries were made, by console. */
  readonly desks: Map<number, ReportDesk>;
  /** The API's database fell back to an earlier moment. */
  isPutBack: boolean;
  /** It was restored, to an earlier moment or to the same: what is offered again may wait for others. */
  isRestored: boolean;
}

type Outcomes = Awaited<ReturnType<SimulatedRegion['outcomes']>>;

function check(isTrue: boolean, claim: string): void {
  if (!isTrue) throw new Error(claim);
}

/** All have come to rest over a calm network; copies that nobody damaged are the API's without any repair. */
export async function checkAtRest({ region, consoles, time }: World): Promise<void> {
  const rows = await region.rows();
  for (const console of consoles) {
    const { connection, unsent } = await console.status();
    const who = console.actor.id;
    check(connection.state === 'live', `${who} never came to rest: ${JSON.stringify(connection)}`);
    check(unsent === 0, `${who}: the outbox is not empty`);
    judgeSecrets(console, region);
    if (!console.isDamaged) judgeViews(console, region, rows);
    await judgeRecords(console, region, time);
  }
  judgeMoments(rows, time);
  const [complaint] = region.complaints();
  check(complaint === undefined, `the model and PostgreSQL differ: ${complaint}`);
}

/** The copy is what the API's rows are for the rights of whoever works there. */
function judgeViews(
  { base, store }: SimulatedConsole,
  region: ReleasedRegion,
  rows: ReadonlyMap<string, Incident>,
): void {
  const views = store.allViews();
  const session = region.sessionOf(base);
  const seen = [...rows.values()].flatMap((row) => rowFor(row, session)).map((row) => region.shown(row));
  check(views.size === seen.length, `${base.id}: ${views.size} incidents of ${seen.length}`);
  for (const row of seen) check(isDeepStrictEqual(views.get(row.id), row), `${base.id}: another ${row.id}`);
}

/** Reference rows and the centre's records are those that a first download would bring. */
async function judgeRecords(
  { base, store }: SimulatedConsole,
  region: SimulatedRegion,
  time: VirtualTime,
): Promise<void> {
  const bytes = await region.transport(base, time.now).snapshot({ part: 'reference', after: '' });
  const page = bytes.ok ? await readSnapshotPage(bytes.value) : bytes;
  const seen = new Map(page.ok ? page.value.reference.map((row) => [`${row.kind} ${row.id}`, row]) : []);
  const held = new Map((await store.reference()).map((row) => [`${row.kind} ${row.id}`, row]));
  check(isDeepStrictEqual(held, seen), `${base.id} has other records than the centre`);
}

/** Said once more without the API's own words for it: nobody's copy holds what is hidden from him. */
function judgeSecrets({ base, store }: SimulatedConsole, region: SimulatedRegion): void {
  const { role, agency, isDisabled } = region.sessionOf(base);
  for (const view of store.allViews().values()) {
    const isOwn = view.assignments.some((assignment) => assignment.agency === agency);
    check(
      !isDisabled && (role !== 'executor' || isOwn),
      `${base.id} sees ${view.id}, which is hidden from him`,
    );
    if (role !== 'observer') continue;
    const text = JSON.stringify(view);
    for (const words of Object.values(IDENTIFIERS))
      check(!text.includes(words), `${base.id} reads who wrote ${view.id}: ${words}`);
  }
}

/** Nothing has happened in the future, and the history of an incident begins with it. */
function judgeMoments(rows: ReadonlyMap<string, Incident>, time: VirtualTime): void {
  for (const { id, history } of rows.values())
    for (const { event, at } of history)
      check(at <= time.now(), `${event} of ${id} is dated ahead of the API's clock`);
}

/** Checks all that must hold at the end, when the copies were compared once more. */
export async function checkEnd({ region, consoles, isPutBack, isRestored }: World): Promise<void> {
  const [rows, outcomes] = [await region.rows(), await region.outcomes()];
  const acknowledged = consoles.flatMap((console) => console.acknowledged);
  check(new Set(acknowledged).size === acknowledged.length, 'an id was given twice');
  for (const console of consoles) {
    await judgeFates(console, outcomes, isPutBack);
    judgeViews(console, region, rows);
    const isRepaired = console.alarms.has('copies_differed');
    check(console.isDamaged || !isRepaired, `${console.actor.id}: the copies differed`);
    if (!isRestored) judgeOrder(console, outcomes);
  }
  check(
    [...outcomes.keys()].every((id) => acknowledged.includes(id)),
    `${outcomes.size} outcomes of ${acknowledged.length} commands`,
  );
  judgeNumbers(rows);
  judgeRevisions(await region.revisions(), isRestored);
  if (isPutBack) return;
  for (const console of consoles) await console.offerEverythingAgain();
  check(isDeepStrictEqual(await region.rows(), rows), 'offering everything again changed the rows');
  check(isDeepStrictEqual(await region.outcomes(), outcomes), 'offering everything again changed outcomes');
}

/** Numbers that people are told are nobody's twice. */
function judgeNumbers(rows: ReadonlyMap<string, Incident>): void {
  const numbers = [...rows.values()].flatMap(({ number }) => number ?? []);
  check(new Set(numbers).size === numbers.length, `a number was given twice: ${numbers.join(', ')}`);
}

/** Revisions have no gaps but those by which a database that was put back goes on above its old ones. */
function judgeRevisions(
  { head, seen }: Awaited<ReturnType<SimulatedRegion['revisions']>>,
  isRestored: boolean,
): void {
  const missing = head - seen.size;
  check(Math.max(...seen) <= head, `a revision above ${head}`);
  check(
    isRestored ? missing % REVISIONS_AHEAD === 0 : missing === 0,
    `${missing} revisions of ${head} are missing`,
  );
}

/** Checks that what was done is decided in the order in which it was done. */
function judgeOrder({ actor, acknowledged, forgiven }: SimulatedConsole, outcomes: Outcomes): void {
  const known = acknowledged.filter((id) => !forgiven.has(id));
  const decided = [...outcomes.keys()].filter((id) => known.includes(id));
  const done = known.filter((id) => outcomes.has(id));
  check(isDeepStrictEqual(decided, done), `${actor.id}: decided in another order than done`);
}

/** Everything that a person was told is saved is in effect, or shown to him as not accepted. */
async function judgeFates(
  { actor, store, journal, acknowledged, appliedAgain, forgiven, notInJournal }: SimulatedConsole,
  outcomes: Outcomes,
  isPutBack: boolean,
): Promise<void> {
  const shown = new Map((await store.notAccepted()).map((entry) => [entry.id, entry]));
  for (const typed of await journal.read()) {
    const entry = shown.get(typed.id);
    check(
      entry === undefined || isDeepStrictEqual(plainArgs(entry), plainArgs(typed)),
      `${actor.id}: ${typed.id} is shown without its words`,
    );
  }
  const isGone = (id: string): boolean => forgiven.has(id) || (isPutBack && notInJournal.has(id));
  for (const id of acknowledged.filter((one) => !isGone(one))) {
    const status = outcomes.get(id);
    const isRefused = status === undefined || status === 'refused' || status === 'held';
    // Its author has put it away for another one, and a database that was put back may have lost the refusal.
    if (isRefused && appliedAgain.has(id)) continue;
    check(status !== undefined || shown.has(id), `lost: the API knows nothing of ${id}`);
    check(
      isRefused === shown.has(id),
      `${actor.id}: ${id} is ${status}, and ${shown.has(id) ? '' : 'not '}shown as not accepted`,
    );
  }
}

/** Counts where incidents and commands have come to. */
export async function countEnd({ region }: World, coverage: Coverage): Promise<void> {
  for (const { step, history } of (await region.rows()).values()) {
    coverage.count('steps of incidents at the end', step.name);
    for (const { event } of history) coverage.count('events', event);
  }
}
