import { must } from '#shared/domain/must.ts';
import type { AttachmentLine } from '#renderer/data/attachments/attachment-line.ts';
import type { WaitingFiles } from '#renderer/data/attachments/waiting-files.ts';
import { clientOf } from '#renderer/data/rpc/client.ts';
import type { ServiceOf } from '#renderer/data/rpc/method-table.ts';
import { Ownership, type Owner } from '#renderer/data/rpc/ownership.ts';
import type { PhotoLine } from '#renderer/data/sync/fetch-transport.ts';
import type { Journal } from '#renderer/data/sync/sync-store.ts';
import type { Transport } from '#renderer/data/sync/transport.ts';
import type { Session } from '#shared/protocol/session.ts';
import { OWNER_METHODS, type STORE_METHODS } from './console-store.ts';
import type { StoreChange } from '#renderer/data/sync/sync-status.ts';
import { databaseName } from './database.ts';
import { doneBefore } from './done-before.ts';
import { LocalConsoleStore } from './local-console-store.ts';
import { openLocalServices } from './local-services.ts';
import type { PhotoSpare } from './photo-spare.ts';

/** The ways of one session to the centre. */
export interface SessionLines {
  readonly transport: Transport;
  readonly photos: PhotoLine;
  readonly attachments: AttachmentLine;
}

export interface WindowParts {
  readonly lines: (session: Session) => SessionLines;
  /** Opens the second copy of a profile's unsent photos. */
  readonly spare: (profile: string) => Promise<PhotoSpare>;
  /** Opens the place of a profile's files that wait for the centre. */
  readonly waitingFiles: (profile: string) => Promise<WaitingFiles>;
  readonly appVersion: string;
  /** Opens the journal of a profile: a file of the origin, or the shell's. */
  readonly journal: (profile: string) => Promise<Journal>;
  readonly onChange: (change: StoreChange) => void;
  /** Called when calls wait for another window that stands still, and when they do not any more. */
  readonly onOwnerSilence: (isSilent: boolean) => void;
}

/** The store as a window's worker runs it. */
export type WindowStore = ServiceOf<typeof STORE_METHODS>;

type StoreOwnership = Ownership<typeof OWNER_METHODS, StoreChange>;

async function openLocal(
  parts: WindowParts,
  session: Session,
  profile: string,
  onChange: (change: StoreChange) => void,
): Promise<Owner<typeof OWNER_METHODS>> {
  const services = await openLocalServices({
    ...parts.lines(session),
    appVersion: parts.appVersion,
    session,
    spare: await parts.spare(profile),
    waitingFiles: await parts.waitingFiles(profile),
    journal: await parts.journal(profile),
    now: () => Date.now(),
    onChange,
  });
  const local = new LocalConsoleStore(services);
  return {
    service: local,
    doneBefore: doneBefore(services.store, local),
    close: services.close,
  };
}

/** The store of one window's worker: itself the owner of the database, or a caller of the one that is. */
export function windowStore(parts: WindowParts): WindowStore {
  let ownership: StoreOwnership | null = null;

  const close = async (): Promise<void> => {
    const closing = ownership;
    ownership = null;
    await closing?.close();
  };

  const open = async (session: Session): Promise<void> => {
    await close();
    const profile = databaseName(session.region.code, session.account.id);
    const opening: StoreOwnership = new Ownership({
      name: profile,
      table: OWNER_METHODS,
      own: () => openLocal(parts, session, profile, (change) => opening.sendNews(change)),
      onNews: parts.onChange,
      onSilence: parts.onOwnerSilence,
    });
    ownership = opening;
    await opening.start();
  };

  return {
    ...clientOf(OWNER_METHODS, async (method, args) => must(ownership, 'an open store').call(method, args)),
    open,
    close,
  };
}
