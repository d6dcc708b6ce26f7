import type { Role } from '#shared/domain/actor.ts';
import type { MailedKind } from '#shared/protocol/notices.ts';
import { knownKinds } from './choices.ts';
import type { ScopedTransaction } from '#server/store/database.ts';

/** A person who can be told by mail. */
export interface NoticeReader {
  readonly id: string;
  readonly role: Role;
  readonly agency: string | null;
  /** Kinds that they do not want to hear of. */
  readonly off: readonly MailedKind[];
}

/** Something that happened to an incident, and whom it concerns. */
export interface NoticeOccasion {
  readonly kind: MailedKind;
  readonly incident: string;
  /** Name of this happening: the same thing seen again has the same. */
  readonly mark: string;
  /** All executors of this agency are told; null: of none. */
  readonly agency: string | null;
  /** Account ids of further people. */
  readonly people: readonly (string | null)[];
  /** Who did it: nobody is told of what they did. */
  readonly by?: string;
}

/** Account ids of those who are to be told of something. */
export const recipientsOf = (occasion: NoticeOccasion, readers: readonly NoticeReader[]): readonly string[] =>
  readers
    .filter(({ id, role, agency, off }) => {
      if (off.includes(occasion.kind) || id === occasion.by) return false;
      if (role === 'executor') return agency !== null && agency === occasion.agency;
      return occasion.people.includes(id);
    })
    .map(({ id }) => id);

/** The people of a region who can be told: they may come in, and the mail server takes their address. */
export async function readReaders(tx: ScopedTransaction, region: string): Promise<readonly NoticeReader[]> {
  const rows = await tx
    .selectFrom('notice_choice as c')
    .innerJoin('account as a', (join) =>
      join.onRef('a.region_id', '=', 'c.region_id').onRef('a.id', '=', 'c.account_id'),
    )
    .select(['a.id', 'a.role', 'a.agency', 'c.off'])
    .where('c.region_id', '=', region)
    .where('c.address', 'is not', null)
    .where('c.refused_at', 'is', null)
    .where('a.disabled', '=', false)
    .execute();
  return rows.map(({ off, ...reader }) => ({ ...reader, off: knownKinds(off) }));
}
