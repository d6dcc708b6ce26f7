import type { Session } from '#shared/protocol/session.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { readRegulation } from '#server/sync/regulation.ts';

/** The session with what workstations must know of the region. */
export async function withCopyDays(db: Database, session: Session): Promise<Session> {
  const { code } = session.region;
  const { copyDays } = await withScope(db, { region: code }, (tx) => readRegulation(tx, code));
  return { ...session, region: { ...session.region, copyDays } };
}
