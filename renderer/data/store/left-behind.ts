import Dexie from 'dexie';
import { CENTRE_ROLES } from '#shared/domain/actor.ts';
import { accountRowSchema, type AccountRow, type Session } from '#shared/protocol/session.ts';
import type { ReferenceRow } from '#shared/protocol/sync.ts';
import type { NotAccepted, PendingCommand } from '#renderer/data/sync/sync-store.ts';
import { databaseName } from './database.ts';

/** A command of somebody else's that was not carried out, with all that was typed. */
export type LeftCommand = Pick<PendingCommand, 'id' | 'incident' | 'name' | 'args' | 'at'>;

/**
 * Work that a dismissed person has left on this workstation. `commands` is null where whoever works here now
 * may not read it; the count is told to everybody, so that somebody is called who may.
 */
export interface LeftBehind {
  readonly account: string;
  readonly displayName: string;
  readonly count: number;
  readonly commands: readonly LeftCommand[] | null;
}

const dismissedOf = (rows: readonly ReferenceRow[]): readonly AccountRow[] =>
  rows.flatMap(({ kind, row }) => {
    const account = kind === 'account' ? accountRowSchema.safeParse(row).data : undefined;
    return account?.dismissed === true ? [account] : [];
  });

/** The centre's people read everybody's, an executor the own agency's. */
const mayRead = ({ account: { role, agency } }: Session, left: AccountRow): boolean =>
  CENTRE_ROLES.includes(role) || (role === 'executor' && agency !== null && agency === left.agency);

/** Reads what waits in a local copy and what was not accepted; nothing in it is changed. */
async function readCommands(name: string): Promise<readonly LeftCommand[]> {
  if (!(await Dexie.exists(name))) return [];
  // Without versions of its own it opens the copy as it is, of an older console too.
  const database = new Dexie(name, { autoOpen: false });
  try {
    await database.open();
    const kept = await Promise.all(
      ['outbox', 'notAccepted'].map((table) => database.table<PendingCommand | NotAccepted>(table).toArray()),
    );
    return kept.flat().map(({ id, incident, name: command, args, at }) => ({
      id,
      incident,
      name: command,
      args,
      at,
    }));
  } catch {
    // A copy that cannot be read now is there still.
    return [];
  } finally {
    database.close();
  }
}

/** Finds what dismissed people of the region have left on this workstation. */
export async function readLeftBehind(
  session: Session,
  reference: readonly ReferenceRow[],
): Promise<readonly LeftBehind[]> {
  const others = dismissedOf(reference).filter(({ id }) => id !== session.account.id);
  const found = await Promise.all(
    others.map(async (person) => {
      const commands = await readCommands(databaseName(session.region.code, person.id));
      const { id: account, displayName } = person;
      const isReadable = mayRead(session, person);
      return { account, displayName, count: commands.length, commands: isReadable ? commands : null };
    }),
  );
  return found.filter(({ count }) => count > 0);
}
