import type { Role } from '#shared/domain/actor.ts';
import { stoodForBy } from '#shared/domain/deputyship.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { MAILED_KINDS, type MailedKind } from '#shared/protocol/notices.ts';
import { readDeputySurroundings } from '#server/accounts/deputies/read-deputyships.ts';
import type { NoticeWay } from '#server/store/mail-tables.ts';
import { knownKinds } from './choices.ts';
import type { Mailer } from '#server/mail/mailer.ts';
import { withScope, type ScopedTransaction } from '#server/store/database.ts';
import type { MailRow } from './lease-mail.ts';

/** A person who can be told, and by which way. */
export interface NoticeReader {
  readonly id: string;
  readonly way: NoticeWay;
  readonly role: Role;
  readonly agency: string | null;
  /** Kinds that they do not want to hear of. */
  readonly off: readonly MailedKind[];
  /** Those for whom they stand in today: told of what these would be told of. */
  readonly standsFor: readonly Absent[];
}

/** Somebody who is away, as far as it matters to whoever stands in for them. */
type Absent = Omit<NoticeReader, 'standsFor' | 'way'>;

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

const concerns = (occasion: NoticeOccasion, { id, role, agency, off }: Absent): boolean => {
  if (off.includes(occasion.kind)) return false;
  return role === 'executor' ? agency !== null && agency === occasion.agency : occasion.people.includes(id);
};

/** Whoever hears of nothing at all does not hear of what others would be told of either. */
const hearsNothing = ({ off }: NoticeReader): boolean => MAILED_KINDS.every((kind) => off.includes(kind));

/** The reader, and those for whom they are told. */
const heardFor = (reader: NoticeReader): readonly Absent[] =>
  hearsNothing(reader) ? [] : [reader, ...reader.standsFor];

/** True while a person hears of things of this kind, for themselves or for somebody who is away. */
export const hearsOf = (reader: NoticeReader, kind: MailedKind): boolean =>
  heardFor(reader).some(({ off }) => !off.includes(kind));

/** Those who are to be told of something. */
export const recipientsOf = (
  occasion: NoticeOccasion,
  readers: readonly NoticeReader[],
): readonly Pick<NoticeReader, 'id' | 'way'>[] =>
  readers.filter(
    (reader) => reader.id !== occasion.by && heardFor(reader).some((heard) => concerns(occasion, heard)),
  );

/** The ways in which a region tells people. */
export type WaysOn = Readonly<Record<NoticeWay, boolean>>;

/** Choice of a person for one way: kinds they do not want, and whether it leads to them. */
interface Choice {
  readonly id: string;
  readonly off: readonly unknown[];
  readonly isReached: boolean;
}

/** Choices of mail; it reaches those whose address the mail server takes. */
async function mailChoices(tx: ScopedTransaction, region: string): Promise<readonly Choice[]> {
  const rows = await tx
    .selectFrom('notice_choice')
    .select(['account_id as id', 'off', 'address', 'refused_at'])
    .where('region_id', '=', region)
    .execute();
  return rows.map(({ id, off, address, refused_at: refusedAt }) => ({
    id,
    off,
    isReached: address !== null && refusedAt === null,
  }));
}

/** Choices of the bots; they reach those who have a chat with one. */
async function botChoices(tx: ScopedTransaction, region: string): Promise<readonly Choice[]> {
  const rows = await tx
    .selectFrom('notice_bot')
    .select(['account_id as id', 'off', 'peer', 'ended'])
    .where('region_id', '=', region)
    .execute();
  return rows.map(({ id, off, peer, ended }) => ({ id, off, isReached: peer !== null && ended === null }));
}

/**
 * The people of a region who may come in and can be told, once for each way that is on. What somebody away
 * would be told of follows their own choice for that way.
 */
export async function readReaders(
  tx: ScopedTransaction,
  region: string,
  { on, now }: { readonly on: WaysOn; readonly now: Instant },
): Promise<readonly NoticeReader[]> {
  const around = await readDeputySurroundings(tx, region, now);
  const choices = {
    mail: on.mail ? await mailChoices(tx, region) : [],
    bot: on.bot ? await botChoices(tx, region) : [],
  };
  return (['mail', 'bot'] as const).flatMap((way) => {
    const offOf = new Map(choices[way].map(({ id, off }) => [id, knownKinds(off)]));
    const absentOf = (id: string): readonly Absent[] => {
      const person = around.people.get(id);
      return person === undefined ? [] : [{ ...person, off: offOf.get(id) ?? [] }];
    };
    return choices[way]
      .filter(({ id, isReached }) => isReached && around.people.get(id)?.isDisabled === false)
      .flatMap(({ id }) =>
        absentOf(id).map((reader) => ({
          ...reader,
          way,
          standsFor: stoodForBy(id, around.today, around).flatMap(absentOf),
        })),
      );
  });
}

/** Finds one of them as they are now, with those for whom they stand in today. */
export const findHearer = (
  { db, now }: Pick<Mailer, 'db' | 'now'>,
  { region_id: region, account_id: account }: MailRow,
  way: NoticeWay,
): Promise<NoticeReader | undefined> =>
  withScope(db, { region }, async (tx) => {
    const on = { mail: way === 'mail', bot: way === 'bot' };
    const readers = await readReaders(tx, region, { on, now: now() });
    return readers.find(({ id }) => id === account);
  });
