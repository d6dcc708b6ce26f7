import { v7 as uuidv7 } from 'uuid';
import { must } from '#shared/domain/must.ts';
import { sameJson } from '#shared/domain/same-json.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { PeopleRow } from '#shared/protocol/people-load.ts';
import { accountRowSchema } from '#shared/protocol/session.ts';
import { actLine, type AccountAct } from '#server/accounts/account-refusal.ts';
import { writeAudits, type NewAuditLine } from '#server/accounts/audit.ts';
import { storePerson } from '#server/accounts/change-account.ts';
import { storeDismissal } from '#server/accounts/dismiss-account.ts';
import { changeChoice } from '#server/notices/choices.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import { upsertReference } from '#server/sync/reference.ts';
import type { KnownPerson } from './read-people.ts';

/** A load of people that is carried out: whose, and by whom. */
export interface LoadAct extends Omit<AccountAct, 'account'> {
  readonly load: string;
  readonly now: Instant;
  /** Of a password that nobody knows: whoever is new has none until they choose one. */
  readonly password_hash: string;
}

/** Somebody who may come in from now on and has no password of their own. */
export interface Invitee extends PeopleRow {
  readonly id: string;
}

/** Makes accounts of new rows. Gives them with their ids. */
export async function addNewcomers(
  tx: ScopedTransaction,
  act: LoadAct,
  rows: readonly PeopleRow[],
): Promise<readonly Invitee[]> {
  if (rows.length === 0) return [];
  const { region, now, password_hash } = act;
  const people = rows.map((row) => ({ ...row, id: uuidv7() }));
  const accounts = people.map(({ id, login, displayName, role, agency, isDisabled }) => ({
    region_id: region,
    id,
    login,
    display_name: displayName,
    role,
    agency,
    disabled: isDisabled,
    password_hash,
    password_is_temporary: true,
    judged_by: 'here' as const,
    created_at: now,
  }));
  await tx.insertInto('account').values(accounts).execute();
  await storeAddresses(tx, act, people);
  const published = people.map(({ id, displayName, role, agency, isDisabled }) => {
    const row = { id, displayName, role, agency, ...(isDisabled ? { dismissed: true } : {}) };
    return { kind: 'account', id, row: accountRowSchema.parse(row) } as const;
  });
  await upsertReference(tx, region, published);
  await writeAudits(
    tx,
    region,
    people.map((person) => addedLine(act, person)),
  );
  return people.filter(({ isDisabled }) => !isDisabled);
}

function addedLine(act: LoadAct, { id, login, displayName, role, agency, mail }: Invitee): NewAuditLine {
  const after = { login, displayName, role, agency, ...(mail === null ? {} : { mailAddress: mail }) };
  const detail = { account: id, after, load: act.load };
  return { ...actLine(act, act.now), action: 'account_added', detail };
}

async function storeAddresses(tx: ScopedTransaction, { region, now }: LoadAct, people: readonly Invitee[]) {
  const known = people.flatMap(({ id, mail }) =>
    mail === null ? [] : [{ region_id: region, account_id: id, address: mail, off: '[]', changed_at: now }],
  );
  if (known.length > 0) await tx.insertInto('notice_choice').values(known).execute();
}

/** Changes those who are there already. Gives those who were closed, had never come in, and may now. */
export async function changePeople(
  tx: ScopedTransaction,
  load: LoadAct,
  rows: readonly PeopleRow[],
  people: ReadonlyMap<string, KnownPerson>,
): Promise<readonly Invitee[]> {
  const invited: Invitee[] = [];
  for (const row of rows) {
    const known = must(people.get(row.login.toLowerCase()), 'a judged row is somebody');
    const act = { ...load, account: known.id };
    const [before, after] = [known, row].map(({ displayName, role, agency }) => ({
      displayName,
      role,
      agency,
    }));
    if (before !== undefined && after !== undefined && !sameJson(before, after))
      await storePerson(tx, act, before, after, load.now);
    if (row.mail !== known.mail) await changeChoice(tx, act, { address: row.mail }, load.now);
    if (row.isDisabled === known.isDisabled) continue;
    await storeDismissal(tx, { ...act, isDismissed: row.isDisabled }, load.now);
    const isNewcomer = known.passwordIsTemporary && known.judgedBy === 'here';
    if (!row.isDisabled && isNewcomer) invited.push({ ...row, id: known.id });
  }
  return invited;
}
