import { v7 as uuidv7 } from 'uuid';
import { MS_PER_DAY } from '#shared/domain/instant.ts';
import { INVITATION_DAYS } from '#shared/protocol/invitation.ts';
import type { GivenLink } from '#shared/protocol/people-load.ts';
import { actLine } from '#server/accounts/account-refusal.ts';
import { writeAudits } from '#server/accounts/audit.ts';
import { hashToken, newToken } from '#server/accounts/session-token.ts';
import { shutEntrances } from '#server/accounts/shut-entrances.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import type { Invitee, LoadAct } from './store-people.ts';

/** Makes a link for each, given this once; whoever was there before has no other way in any more. */
export async function giveLinks(
  tx: ScopedTransaction,
  act: LoadAct,
  people: readonly Invitee[],
): Promise<GivenLink[]> {
  if (people.length === 0) return [];
  const { region, now, load, password_hash } = act;
  for (const { id, from } of people)
    if (from !== null) await shutEntrances(tx, { region, account: id }, password_hash, now);
  const links = people.map((person) => ({ ...person, token: newToken() }));
  const times = { created_at: now, expires_at: now + INVITATION_DAYS * MS_PER_DAY };
  await tx
    .insertInto('invitation')
    .values(
      links.map(({ id, token }) => ({
        token_hash: hashToken(token),
        region_id: region,
        account_id: id,
        ...times,
      })),
    )
    .execute();
  const lines = links.map(({ id }) => {
    const detail = { account: id, endedSessions: 0, load };
    return { ...actLine(act, now), action: 'invitation_made', detail } as const;
  });
  await writeAudits(tx, region, lines);
  return links.map(({ login, displayName, agency, token }) => ({ login, displayName, agency, token }));
}

/** Has each invited by mail: mails that wait for the next run, which makes their links. */
export async function orderInvitations(
  tx: ScopedTransaction,
  act: LoadAct,
  people: readonly Invitee[],
): Promise<void> {
  if (people.length === 0) return;
  const { region, now, load, by } = act;
  const times = { made_at: now, not_before: now, changed_at: now };
  const kind = { kind: 'invitation', state: 'queued', ordered_by: by } as const;
  const mails = people.map(({ id }) => ({
    region_id: region,
    id: uuidv7(),
    account_id: id,
    ...kind,
    ...times,
  }));
  await tx.insertInto('mail').values(mails).execute();
  const lines = people.map(({ id }) => {
    const detail = { account: id, load };
    return { ...actLine(act, now), action: 'invitation_ordered', detail } as const;
  });
  await writeAudits(tx, region, lines);
}
