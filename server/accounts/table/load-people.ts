import { v7 as uuidv7 } from 'uuid';
import type { Instant } from '#shared/domain/instant.ts';
import type { PeopleLoad, PeopleLoaded, PeopleRow } from '#shared/protocol/people-load.ts';
import { actLine, type AccountAct } from '#server/accounts/account-refusal.ts';
import { writeAudit } from '#server/accounts/audit.ts';
import { hashPassword } from '#server/accounts/password.ts';
import { newToken } from '#server/accounts/session-token.ts';
import { readMailSettings } from '#server/mail/mail-settings.ts';
import { errorCode } from '#server/process/startup-error.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import { giveLinks, orderInvitations } from './invite-people.ts';
import { judgePeopleRows, type RefusedRow } from './judge-people.ts';
import { findTakenLogins, lockPeople, readAgencyIds, type KnownPerson } from './read-people.ts';
import { addNewcomers, changePeople, type LoadAct } from './store-people.ts';

type Loader = Omit<AccountAct, 'account' | 'load'>;

interface Judged {
  readonly people: ReadonlyMap<string, KnownPerson>;
  readonly refused: readonly RefusedRow[];
}

/** Judges rows on the region as it is, whose people stay as they are until the transaction ends. */
export async function judgeRows(
  tx: ScopedTransaction,
  { region, by }: Pick<AccountAct, 'region' | 'by'>,
  rows: readonly PeopleRow[],
): Promise<Judged> {
  const people = await lockPeople(tx, region);
  const newLogins = rows.flatMap(({ login, from }) => (from === null ? [login] : []));
  const taken = await findTakenLogins(tx, newLogins);
  const agencies = await readAgencyIds(tx, region);
  return { people, refused: judgePeopleRows(rows, { people, agencies, taken, by }) };
}

const NOTHING = { added: 0, changed: 0, mailed: 0, links: [] };

async function load(tx: ScopedTransaction, act: LoadAct, asked: PeopleLoad): Promise<PeopleLoaded> {
  const { region } = act;
  const { rows, file, inviting, isTrial } = asked;
  const { people, refused } = await judgeRows(tx, act, rows);
  const isMailOn = (await readMailSettings(tx, region)) !== null;
  if (isTrial || refused.length > 0) return { ...NOTHING, refused: [...refused], isMailOn };
  const added = rows.filter(({ from }) => from === null);
  const changed = rows.filter(({ from }) => from !== null);
  const invited = [
    ...(await addNewcomers(tx, act, added)),
    ...(await changePeople(tx, act, changed, people)),
  ];
  const byMail = inviting === 'mail' && isMailOn ? invited.filter(({ mail }) => mail !== null) : [];
  await orderInvitations(tx, act, byMail);
  const links = await giveLinks(
    tx,
    act,
    invited.filter((person) => !byMail.includes(person)),
  );
  const counts = { added: added.length, changed: changed.length };
  const detail = { id: act.load, file, takesBack: null, ...counts };
  await writeAudit(tx, region, { ...actLine(act, act.now), action: 'people_loaded', detail });
  return { ...counts, refused: [], isMailOn, mailed: byMail.length, links };
}

/**
 * Adds and changes the people of a table, all of them or none: where a row is refused nothing is stored.
 * Nobody new has a password; they are invited. `asked.isTrial`: only judges.
 */
export async function storePeopleLoad(
  db: Database,
  loader: Loader,
  asked: PeopleLoad,
  now: Instant,
): Promise<PeopleLoaded> {
  const password_hash = await hashPassword(newToken());
  const act = { ...loader, load: uuidv7(), now, password_hash };
  const run = (): Promise<PeopleLoaded> =>
    withScope(db, { region: loader.region, account: loader.by }, (tx) => load(tx, act, asked));
  try {
    return await run();
  } catch (error) {
    // 23505: somebody took a login meanwhile. Judged once more, the row says so.
    if (errorCode(error) === '23505') return run();
    throw error;
  }
}
