import { CompiledQuery } from 'kysely';
import type { Facts } from '#shared/report/facts/facts.ts';
import { topicKey } from '#shared/report/facts/past.ts';
import { isFinished } from '#shared/report/facts/steps.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import type { IncidentFactTable } from '#server/store/schema.ts';
import { packed } from './packed-facts.ts';

type Stored = Omit<IncidentFactTable, 'region_id' | 'fact'> & { readonly fact: ReturnType<typeof packed> };

/** The columns of `incident_fact`: those by which SQL finds facts, and all of them packed. */
const COLUMNS: { readonly [C in keyof Stored]: readonly [type: string, value: (facts: Facts) => Stored[C]] } =
  {
    id: ['uuid', (facts) => facts.id],
    created_at: ['bigint', (facts) => facts.createdAt],
    closed_at: ['bigint', (facts) => facts.closedAt],
    is_done: ['boolean', isFinished],
    past_closed: ['bigint[]', (facts) => facts.endings.filter(isFinished).map(({ closedAt }) => closedAt)],
    past_reopened: [
      'bigint[]',
      (facts) => facts.endings.filter(isFinished).map(({ reopenedAt }) => reopenedAt),
    ],
    topic_key: ['text', (facts) => topicKey(facts.group, facts.topic)],
    has_topic: ['boolean', (facts) => facts.topic !== ''],
    author_key: ['bigint', (facts) => facts.authorKey],
    place_key: ['bigint', (facts) => facts.placeKey],
    fact: ['json', packed],
  };

const ENTRIES = Object.entries(COLUMNS);
const names = (write: (name: string) => string): string => ENTRIES.map(([name]) => write(name)).join(', ');

const UPSERT = `insert into incident_fact (region_id, ${names((name) => name)})
  select $1, ${names((name) => `i.${name}`)}
  from jsonb_to_recordset($2::jsonb) as i(${ENTRIES.map(([name, [type]]) => `${name} ${type}`).join(', ')})
  on conflict (region_id, id) do update set ${ENTRIES.filter(([name]) => name !== 'id')
    .map(([name]) => `${name} = excluded.${name}`)
    .join(', ')}`;

/** Facts as the statement that stores them takes them: JSON. */
export const factsText = (facts: readonly Facts[]): string =>
  JSON.stringify(
    facts.map((row) => Object.fromEntries(ENTRIES.map(([name, [, value]]) => [name, value(row)]))),
  );

/** Puts facts in place of those of the same incidents. */
export async function upsertFacts(tx: ScopedTransaction, region: string, text: string): Promise<void> {
  await tx.executeQuery(CompiledQuery.raw(UPSERT, [region, text]));
}
