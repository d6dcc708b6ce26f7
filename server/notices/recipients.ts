import type { Role } from '#shared/domain/actor.ts';
import type { MailedKind } from '#shared/protocol/notices.ts';
import type { NoticeWay } from '#server/store/mail-tables.ts';
import { knownKinds } from './choices.ts';
import type { ScopedTransaction } from '#server/store/database.ts';

/** A person who can be told, and by which way. */
export interface NoticeReader {
  readonly id: string;
  readonly way: NoticeWay;
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

/** Those who are to be told of something. */
export const recipientsOf = (
  occasion: NoticeOccasion,
  readers: readonly NoticeReader[],
): readonly Pick<NoticeReader, 'id' | 'way'>[] =>
  readers.filter(({ id, role, agency, off }) => {
    if (off.includes(occasion.kind) || id === occasion.by) return false;
    if (role === 'executor') return agency !== null && agency === occasion.agency;
    return occasion.people.includes(id);
  });

/** The ways in which a region tells people. */
export type WaysOn = Readonly<Record<NoticeWay, boolean>>;

/** People whose address the mail server takes. */
const mailReaders = (tx: ScopedTransaction, region: string) =>
  tx
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

/** People who have a chat with a bot. */
const botReaders = (tx: ScopedTransaction, region: string) =>
  tx
    .selectFrom('notice_bot as b')
    .innerJoin('account as a', (join) =>
      join.onRef('a.region_id', '=', 'b.region_id').onRef('a.id', '=', 'b.account_id'),
    )
    .select(['a.id', 'a.role', 'a.agency', 'b.off'])
    .where('b.region_id', '=', region)
    .where('b.peer', 'is not', null)
    .where('b.ended', 'is', null)
    .where('a.disabled', '=', false)
    .execute();

/** The people of a region who may come in and can be told, once for each way that is on. */
export async function readReaders(
  tx: ScopedTransaction,
  region: string,
  on: WaysOn,
): Promise<readonly NoticeReader[]> {
  const byWay = {
    mail: on.mail ? await mailReaders(tx, region) : [],
    bot: on.bot ? await botReaders(tx, region) : [],
  };
  return (['mail', 'bot'] as const).flatMap((way) =>
    byWay[way].map(({ off, ...reader }) => ({ ...reader, way, off: knownKinds(off) })),
  );
}
