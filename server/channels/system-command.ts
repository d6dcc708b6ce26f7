import { sql } from 'kysely';
import type { Command } from '#shared/domain/command.ts';
import { decide } from '#shared/domain/decide.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import { agencyCheck, factsAt, type FactsCache } from '#server/sync/reference-facts.ts';
import { changeOf, lockIncidents, storeChanges } from '#server/sync/store-changes.ts';

/** What a page does to an incident: `by` is how the history names it. */
export interface SystemCommand {
  readonly region: string;
  readonly incident: string;
  readonly by: string;
  readonly command: Command;
  readonly now: Instant;
  readonly facts: FactsCache;
}

/** Decides a command of a page as the API decides a person's, and stores what follows. Gives the refusal, if any. */
export async function commandBySystem(tx: ScopedTransaction, one: SystemCommand): Promise<Refusal | null> {
  const { region, incident, by, command, now } = one;
  const { rows } = await sql<{ v: number }>`select coalesce(max(v), 0) as v from reference
    where region_id = ${region}`.execute(tx);
  const facts = await factsAt(tx, region, rows[0]?.v ?? 0, one.facts);
  const before = (await lockIncidents(tx, region, [incident])).get(incident) ?? null;
  const decision = decide(incident, before, command, {
    actor: { id: by, role: 'system', agency: null },
    at: now,
    calendar: facts.calendar,
    policies: facts.policies,
    hasAgency: agencyCheck(facts, now),
    nextNumber: null,
    target: null,
  });
  if (!decision.ok) return decision.refusal;
  if (decision.events.length > 0)
    await storeChanges(tx, region, [changeOf(incident, before, decision.events)], now);
  return null;
}
