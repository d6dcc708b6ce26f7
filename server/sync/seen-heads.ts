import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { MS_PER_MINUTE, type Instant } from '#shared/domain/instant.ts';
import { seenRevisionSchema, type SeenRevision } from '#shared/protocol/seen-revision.ts';
import { sleep } from '#server/process/sleep.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { regionIds } from '#server/store/region-ids.ts';
import { knowsRevision, notePutBack } from './put-back.ts';

/** How the audit log names a process that has seen more than the database knows. */
const ACTOR = 'api';

const seenSchema = z.record(z.string(), seenRevisionSchema);
type Seen = Readonly<Record<string, SeenRevision>>;

/** Reads what an earlier look has left: nothing where there was none, or the file is damaged. */
async function readSeen(path: string): Promise<Seen> {
  try {
    return seenSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return {};
  }
}

async function writeSeen(path: string, seen: Seen): Promise<void> {
  const draft = `${path}.new`;
  await writeFile(draft, JSON.stringify(seen));
  await rename(draft, path);
}

async function lookAt(
  db: Database,
  region: string,
  seen: SeenRevision | null,
  now: Instant,
): Promise<SeenRevision> {
  const head = await withScope(db, { region }, (tx) =>
    tx
      .selectFrom('region as r')
      .innerJoin('sync_clock as c', 'c.region_id', 'r.region_id')
      .leftJoin('revision as m', (join) =>
        join.onRef('m.region_id', '=', 'c.region_id').onRef('m.v', '=', 'c.v'),
      )
      .select(['r.epoch', 'c.v as cursor', 'm.mark', knowsRevision(region, seen).as('isKnown')])
      .where('r.region_id', '=', region)
      .executeTakeFirstOrThrow(),
  );
  const { isKnown, ...newest } = head;
  if (seen?.epoch === newest.epoch && !isKnown) await notePutBack(db, { region, account: ACTOR }, now);
  return newest;
}

/**
 * Compares the database with what the file says of it, and writes into the file where every region stands
 * now. A database that does not know what the file says was put back, and no console may be left that had
 * seen as much. Throws what the database and the disk throw.
 */
export async function lookAtHeads(db: Database, path: string, now: Instant): Promise<void> {
  const before = await readSeen(path);
  const after: Record<string, SeenRevision> = {};
  for (const region of await regionIds(db))
    after[region] = await lookAt(db, region, before[region] ?? null, now);
  await writeSeen(path, after);
}

/** Looks at once and then every minute, until it is stopped. */
export function watchHeads(
  { db, now }: { readonly db: Database; readonly now: () => Instant },
  path: string,
  onTrouble: (error: unknown, message: string) => void,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const work = async (): Promise<void> => {
    while (!signal.aborted) {
      await lookAtHeads(db, path, now()).catch((error: unknown) => onTrouble(error, 'heads'));
      await sleep(MS_PER_MINUTE, signal);
    }
  };
  const ended = work();
  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}
