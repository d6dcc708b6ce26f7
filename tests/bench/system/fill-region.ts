import { sql } from 'kysely';
import type { Actor } from '#shared/domain/actor.ts';
import { MS_PER_DAY, MS_PER_MINUTE, type Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { inventOrigin } from '#server/demo/origin.ts';
import { NO_TURNS, type Cast, type Plan } from '#server/demo/plan.ts';
import { seededRandom, uuidAt, type Random } from '#server/demo/random.ts';
import { monthOf } from '#server/demo/scene.ts';
import { DEMO_REGION } from '#server/demo/seed.ts';
import { tellStory } from '#server/demo/story.ts';
import { themeOfMonth } from '#server/demo/themes.ts';
import { connect, withScope, type Database } from '#server/store/database.ts';
import { changeOf, storeMany, type IncidentChange } from '#server/sync/store-changes.ts';
import { makeDocument } from '#tests/bench/store/documents.ts';

const actor = (id: string, role: Actor['role']): Actor => ({ id, role, agency: null });
const CAST: Cast = {
  operators: [actor('operator', 'operator'), actor('operator2', 'operator')],
  approver: actor('approver', 'approver'),
};
const TOWNS = ['Биробиджан', 'Облученский', 'Смидовичский', 'Ленинский', 'Биробиджанский', 'Октябрьский'];
/** Beyond the numbers of the demo region. */
const FIRST_NUMBER = 1_000_001;
const YEARS = 3;
/** One in so many is open; a third of these is new. */
const OPEN_SHARE = 0.02;
const LEAST_OPEN = 400;
const BATCH = 5000;

/** The contents a region was filled with. */
export interface Filled {
  readonly incidents: number;
  readonly open: number;
  /** Of an open one. */
  readonly lastNumber: number;
  /** Mean length of a row's JSON, bytes. */
  readonly rowBytes: number;
}

/** How many of `count` incidents stand open. */
export const openAmong = (count: number): number =>
  Math.min(count, Math.max(LEAST_OPEN, Math.round(count * OPEN_SHARE)));

function planOf(createdAt: Instant, random: Random): Plan {
  const theme = themeOfMonth(monthOf(createdAt), random);
  const replyAfter = 30 + random.below(400);
  return {
    id: uuidAt(createdAt, random),
    theme,
    origin: inventOrigin(random.pick(TOWNS), theme, random),
    createdAt,
    replyAfter,
    approval: { waiting: replyAfter * 0.12, publishing: replyAfter * 0.08 },
    ending: random.chance(0.04) ? 'rejected' : 'closed',
    outcome: theme.solvable && random.chance(0.4) ? 'solved' : 'explained',
    closing: random.chance(0.8) ? 'author_silent' : 'author_pleased',
    twin: null,
    turns: { ...NO_TURNS, returned: random.chance(0.06) },
  };
}

/** An archived incident whose story has long ended, or an open one told up to some point of its way. */
function storyOf(index: number, isOpen: boolean, now: Instant, random: Random): IncidentChange {
  const age = isOpen ? random.below(20) : 30 + random.below(YEARS * 365);
  const createdAt = Math.floor((now - age * MS_PER_DAY) / 1000) * 1000 - random.below(86_400) * 1000;
  const plan = planOf(createdAt, random);
  // Cut right after it was registered, or somewhere on the way to the reply.
  const until = !isOpen
    ? now
    : random.chance(0.34)
      ? createdAt
      : createdAt + random.below(2000) * MS_PER_MINUTE;
  const story = must(
    tellStory(
      { ...plan, ...(isOpen ? { ending: 'closed' } : {}) },
      CAST,
      FIRST_NUMBER + index,
      until,
      random,
      null,
    ),
    'a story',
  );
  // The demo's few sentences would make word search and packing look better than they are.
  const words = makeDocument(index).text.slice(0, 40 + random.below(260));
  const events = story.events.map((event) =>
    event.name === 'registered' ? { ...event, text: `${event.text} ${words}` } : event,
  );
  return changeOf(story.incident.id, null, events);
}

async function store(db: Database, changes: readonly IncidentChange[], now: Instant): Promise<void> {
  await withScope(db, { region: DEMO_REGION }, (tx) => storeMany(tx, DEMO_REGION, changes, now));
}

/**
 * Adds `count` generated incidents, rows, events and feed, to the demo region through the API's own
 * statements.
 */
export async function fillRegion(ownerUrl: string, count: number): Promise<Filled> {
  const db = connect(ownerUrl, 1);
  const random = seededRandom(count);
  const now = Date.now();
  const open = openAmong(count);
  let bytes = 0;
  try {
    for (let from = 0; from < count; from += BATCH) {
      const changes = Array.from({ length: Math.min(BATCH, count - from) }, (_, index) =>
        storyOf(from + index, from + index >= count - open, now, random),
      );
      bytes += changes.reduce((sum, { after }) => sum + Buffer.byteLength(JSON.stringify(after)), 0);
      await store(db, changes, now);
    }
    // What a database that has stood for a minute has done by itself.
    await sql`vacuum analyze incident`.execute(db);
  } finally {
    await db.destroy();
  }
  return {
    incidents: count,
    open,
    lastNumber: FIRST_NUMBER + count - 1,
    rowBytes: Math.round(bytes / count),
  };
}
