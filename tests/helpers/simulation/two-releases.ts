import type { Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { changeSchema } from '#shared/protocol/sync.ts';
import { pushRequestSchema } from '#shared/protocol/envelope.ts';
import { answered, type Answer } from '#renderer/data/sync/failure.ts';
import type { FeedPage } from '#renderer/data/sync/feed-page.ts';
import type { Transport } from '#renderer/data/sync/transport.ts';
import { mapPage, type RowLine } from './map-page.ts';
import {
  DRONE,
  fromNextForm,
  fromNextShape,
  inNextForm,
  inNextShape,
  inNextWords,
  withMood,
} from './next-release.ts';
import type { SimulatedRegion } from './region.ts';

/** A region whose API is updated to the next release, and goes back from it. */
export interface ReleasedRegion extends SimulatedRegion {
  isNext(): boolean;
  /** The API has been of the next release, so consoles may hold what comes with it. */
  wasNext(): boolean;
  /** Updates the API. Says whether it was of today's release. */
  upgrade(): Promise<boolean>;
  /** Puts the backup of before the update back under today's program; false when there is none. */
  goBack(now: Instant): Promise<boolean>;
  /** The row as a console that can read it holds it. */
  shown(row: Incident): Incident;
}

/**
 * Pages after a greeting, or after the update of an API that was greeted before, that bring the row of the
 * unknown kind: a first one may be lost on the way.
 */
const TOLD_IN = 8;

/**
 * Has the API be of today's release or of the next one, which tells more, in other shapes, and takes commands
 * that today's does not know. As operations have it, it is updated with a backup, and goes back to that
 * alone: a database of the next release is too new for today's program.
 */
export function twoReleases(
  region: SimulatedRegion,
  onGreeting: (console: string, isNext: boolean) => void = () => undefined,
): ReleasedRegion {
  let [isNext, wasNext] = [false, false];
  /** The release that made the backup; null when there is none. */
  let backupIsNext: boolean | null = null;
  /** Versions when the API was updated: what was written before stays as it was. */
  let old: ReadonlyMap<string, number> = new Map();
  const isNew = ({ id, version }: Incident): boolean => isNext && version > (old.get(id) ?? 0);
  const told = (row: Incident): Incident => (isNew(row) ? inNextShape(row) : row);
  const backUp = async (): Promise<void> => {
    await region.backUp();
    backupIsNext = isNext;
  };
  return {
    ...region,
    isNext: () => isNext,
    wasNext: () => wasNext,
    shown: (row) => (isNew(row) ? withMood(row) : row),
    transport: (actor, now) => {
      const real = region.transport(actor, now);
      const greeted: Transport['hello'] = (request) => {
        onGreeting(request.appVersion, isNext);
        return real.hello(request);
      };
      return nextAnswers({ ...real, hello: greeted }, () => isNext, told);
    },
    backUp,
    putBack: async (way, now) => (isNext || backupIsNext !== true) && region.putBack(way, now),
    upgrade: async () => {
      if (isNext) return false;
      await backUp();
      old = new Map(Array.from(await region.rows(), ([id, { version }]) => [id, version]));
      [isNext, wasNext] = [true, true];
      return true;
    },
    goBack: async (now) => {
      if (!isNext || backupIsNext !== false) return false;
      isNext = false;
      return region.putBack('restore', now);
    },
  };
}

/** The line to an API that may be of the next release. */
function nextAnswers(real: Transport, isNext: () => boolean, told: (row: Incident) => Incident): Transport {
  let pages = 0;
  const rows = (page: Answer<Uint8Array<ArrayBuffer>>, isReference: boolean): typeof page =>
    isNext() ? mapPage(page, (lines, { v0 }) => rowsTold(lines, isReference ? v0 : null, told)) : page;
  return {
    ...real,
    hello: (request) => {
      pages = 0;
      return real.hello(request);
    },
    snapshot: async (ask) => rows(await real.snapshot(ask), ask.part === 'reference'),
    bucket: async (...ask) => rows(await real.bucket(...ask), false),
    changes: async (query) => {
      const page = await real.changes(query);
      if (!page.ok || !isNext()) return page;
      pages += 1;
      return answered(pageTold(page.value, pages <= TOLD_IN, told));
    },
    push: async (request) => {
      // At the border of an API nothing is let in that it does not know.
      const read = pushRequestSchema.parse(request);
      if (!isNext()) return real.push(read);
      const answer = await real.push({ ...read, commands: read.commands.map(fromNextForm) });
      if (!answer.ok) return answer;
      return answered({ ...answer.value, outcomes: answer.value.outcomes.map(inNextWords) });
    },
  };
}

function rowsTold(
  lines: readonly RowLine[],
  referenceAt: number | null,
  told: (row: Incident) => Incident,
): readonly RowLine[] {
  const rows = lines.map((line) => (line.t === 'incident' ? { ...line, row: told(line.row) } : line));
  return referenceAt === null
    ? rows
    : [...rows, { t: 'reference', v: referenceAt, ...DRONE } as unknown as RowLine];
}

function pageTold(page: FeedPage, hasDrone: boolean, told: (row: Incident) => Incident): FeedPage {
  const changes = page.changes.map((raw) => mapIncident(raw, told));
  const { kind: entity, ...drone } = DRONE;
  return {
    ...page,
    outcomes: page.outcomes.map(inNextWords),
    changes: hasDrone ? [...changes, { op: 'put', entity, v: page.to, ...drone }] : changes,
  };
}

function mapIncident(raw: unknown, map: (row: Incident) => Incident): unknown {
  const change = changeSchema.safeParse(raw).data;
  return change?.op === 'put' && change.entity === 'incident' ? { ...change, row: map(change.row) } : raw;
}

/** The line of a console of the next release: it writes in its own forms and reads all that the API tells. */
export const spokenByNext = (real: Transport): Transport => ({
  ...real,
  push: (request) =>
    real.push(Object.assign({ ...request, commands: request.commands.map(inNextForm) }, { mood: 'calm' })),
  changes: async (query) => {
    const page = await real.changes(query);
    if (!page.ok) return page;
    return answered({
      ...page.value,
      changes: page.value.changes.map((raw) => mapIncident(raw, fromNextShape)),
    });
  },
  snapshot: async (ask) => mapPage(await real.snapshot(ask), rowsRead),
  bucket: async (...ask) => mapPage(await real.bucket(...ask), rowsRead),
});

const rowsRead = (lines: readonly RowLine[]): readonly RowLine[] =>
  lines.map((line) => (line.t === 'incident' ? { ...line, row: fromNextShape(line.row) } : line));
