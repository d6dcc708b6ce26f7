import { MS_PER_DAY } from '#shared/domain/instant.ts';
import type { Incident, Reply } from '#shared/domain/incident.ts';
import { partsOf } from '#server/attachments/parts.ts';
import { findAttachment } from '#server/attachments/read-attachment.ts';
import { withScope } from '#server/store/database.ts';
import type { Outbox } from './outbox.ts';
import type { OutgoingFile, SendResult } from '#server/channels/networks/connector.ts';

/** Before it is looked again whether a file has come. */
const AGAIN_MS = 60_000;
/** A workstation that has not sent a file within a day may be broken: a person decides. */
const PATIENCE_MS = MS_PER_DAY;
const MISSING = 'pult:file_missing';

/** The files of a reply, or what becomes of it while one of them is not here. */
export type ReplyFiles =
  | { readonly ok: true; readonly files: readonly OutgoingFile[] }
  | { readonly ok: false; readonly result: SendResult };

async function replyOf(
  { db }: Pick<Outbox, 'db'>,
  region: string,
  id: string,
  n: number,
): Promise<Reply | undefined> {
  const found = await withScope(db, { region }, (tx) =>
    tx
      .selectFrom('incident')
      .select('row')
      .where('region_id', '=', region)
      .where('id', '=', id)
      .executeTakeFirst(),
  );
  return (found?.row as unknown as Incident | undefined)?.replies[n];
}

/**
 * Finds the files that go out with a reply. Their bytes are read when a network takes them, and anew at every
 * attempt.
 */
export async function filesOfReply(
  outbox: Pick<Outbox, 'db' | 'now'>,
  {
    region_id: region,
    incident_id: incident,
    reply: n,
  }: {
    readonly region_id: string;
    readonly incident_id: string;
    readonly reply: number;
  },
): Promise<ReplyFiles> {
  const reply = await replyOf(outbox, region, incident, n);
  const files: OutgoingFile[] = [];
  for (const { hash, name, width, height } of reply?.attachments ?? []) {
    const found = await findAttachment(outbox.db, { region }, incident, hash);
    if (found.kind !== 'file') return { ok: false, result: missing(outbox, reply?.approvedAt ?? null) };
    const { type, size, upload } = found.file;
    const read = async function* () {
      const parts = partsOf(outbox.db, { region }, upload, { start: 0, end: size });
      for await (const { bytes } of parts) yield bytes;
    };
    files.push({ type, name, size, width, height, read });
  }
  return { ok: true, files };
}

function missing({ now }: Pick<Outbox, 'now'>, approvedAt: number | null): SendResult {
  if (now() - (approvedAt ?? 0) < PATIENCE_MS) return { kind: 'wait', ms: AGAIN_MS, problem: MISSING };
  return { kind: 'needs_you', problem: MISSING, trouble: null };
}
