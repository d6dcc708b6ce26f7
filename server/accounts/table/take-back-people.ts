import { v7 as uuidv7 } from 'uuid';
import type { Instant } from '#shared/domain/instant.ts';
import type { PeopleTakenBack } from '#shared/protocol/people-load.ts';
import { actLine, type AccountAct } from '#server/accounts/account-refusal.ts';
import { writeAudit } from '#server/accounts/audit.ts';
import { hashPassword } from '#server/accounts/password.ts';
import { newToken } from '#server/accounts/session-token.ts';
import { closeInvitations } from '#server/accounts/shut-entrances.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import { judgeRows } from './load-people.ts';
import { findComers, readLoadLines, listPeopleLoads } from './people-loads.ts';
import { planPeopleBack } from './plan-take-back.ts';
import { lockPeople } from './read-people.ts';
import { changePeople, type LoadAct } from './store-people.ts';

interface Asked {
  /** The load that is taken back. */
  readonly id: string;
  readonly isTrial: boolean;
}

async function takeBack(
  tx: ScopedTransaction,
  act: LoadAct,
  { id, isTrial }: Asked,
): Promise<PeopleTakenBack | null> {
  const { region, now } = act;
  const loads = await listPeopleLoads(tx, region, now);
  const loaded = loads.find((one) => one.id === id && !one.isTakenBack);
  if (loaded === undefined) return null;
  const lines = await readLoadLines(tx, region, id, now);
  const people = await lockPeople(tx, region);
  const accounts = [...new Set(lines.map(({ account }) => account))];
  const plan = planPeopleBack(lines, people, await findComers(tx, region, accounts, loaded.at));
  const { refused } = await judgeRows(tx, act, plan.rows);
  const places = new Set(refused.map(({ at }) => at));
  const back = plan.rows.filter((_, at) => !places.has(at));
  const kept = plan.rows.filter((_, at) => places.has(at));
  const idOf = ({ login }: { readonly login: string }) => people.get(login.toLowerCase())?.id ?? login;
  const result = { back: back.length, stay: [...plan.stay, ...kept.map(idOf)] };
  if (isTrial || back.length === 0) return result;
  await changePeople(tx, act, back, people);
  for (const row of back) if (row.isDisabled) await closeInvitations(tx, idOf(row), now);
  const detail = { id: act.load, file: loaded.file, takesBack: id, added: 0, changed: back.length };
  await writeAudit(tx, region, { ...actLine(act, now), action: 'people_loaded', detail });
  return result;
}

/**
 * Takes a load of people back within a day, as far as nobody has touched them since: accounts are closed and
 * never removed. Null when there is no such load to take back.
 */
export async function takeLoadBack(
  db: Database,
  by: Omit<AccountAct, 'account' | 'load'>,
  asked: Asked,
  now: Instant,
): Promise<PeopleTakenBack | null> {
  const password_hash = await hashPassword(newToken());
  const act = { ...by, load: uuidv7(), now, password_hash };
  return withScope(db, { region: by.region, account: by.by }, (tx) => takeBack(tx, act, asked));
}
