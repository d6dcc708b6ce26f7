import { sql } from 'kysely';
import type { Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { DEMO_LOGINS, type DemoPeopleResponse, type DemoPerson } from '#shared/protocol/demo.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { auditAlone } from './audit.ts';
import type { OpenedSession } from './log-in.ts';
import { createSession, findSession } from './session-store.ts';

interface DemoAccount {
  readonly id: string;
  readonly person: DemoPerson;
}

/** The demo region of an installation that has no other; null on every other one. */
async function demoRegion(db: Database): Promise<string | null> {
  const { rows } = await sql<{ region_id: string }>`select region_id from region_heads()`.execute(db);
  const [only] = rows;
  if (only === undefined || rows.length > 1) return null;
  const region = only.region_id;
  const found = await withScope(db, { region }, (tx) =>
    tx
      .selectFrom('region')
      .select('region_id')
      .where('region_id', '=', region)
      .where(sql<boolean>`settings->>'demo' = 'ready'`)
      .executeTakeFirst(),
  );
  return found === undefined ? null : region;
}

/** Accounts a first start made, and nobody has closed since. */
async function demoAccounts(db: Database, region: string): Promise<readonly DemoAccount[]> {
  const rows = await withScope(db, { region }, (tx) =>
    tx
      .selectFrom('account')
      .select(['id', 'login', 'display_name', 'role'])
      .where('region_id', '=', region)
      .where('disabled', '=', false)
      .execute(),
  );
  return DEMO_LOGINS.flatMap((login) => {
    const found = rows.find((row) => row.login === login && row.id === login);
    if (found === undefined) return [];
    return [{ id: found.id, person: { login, displayName: found.display_name, role: found.role } }];
  });
}

/** Who may come in without a password, when the request is one that may (`demo-door.ts`). */
export async function listDemoPeople(db: Database): Promise<DemoPeopleResponse> {
  const region = await demoRegion(db);
  const accounts = region === null ? [] : await demoAccounts(db, region);
  return { people: accounts.map(({ person }) => person) };
}

/**
 * Lets a person of the demo region in; null when there is none such. It leaves a line of its own in the audit
 * log.
 */
export async function openDemoSession(
  db: Database,
  { login, address, userAgent, now }: Record<'login' | 'address' | 'userAgent', string> & { now: Instant },
): Promise<OpenedSession | null> {
  const region = await demoRegion(db);
  if (region === null) return null;
  const account = (await demoAccounts(db, region)).find(({ person }) => person.login === login);
  if (account === undefined) return null;
  const token = await createSession(db, region, account.id, { userAgent, address }, now);
  await auditAlone(db, region, {
    at: now,
    actor: account.id,
    action: 'login_demo',
    address,
    device: userAgent,
  });
  const found = await findSession(db, token, now);
  const session = must(found.kind === 'found' ? found.session : null, 'a new session is found');
  return { kind: 'logged_in', token, session, device: null };
}
