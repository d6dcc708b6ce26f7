import type { HelloRequest, HelloResponse } from '#shared/protocol/sync.ts';
import { LIMITS, PROTOCOLS } from '#shared/protocol/version.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { knowsRevision, notePutBack } from './put-back.ts';
import { scopeHashOf, scopeOf, type SyncSession } from './sync-session.ts';

/** A console that shares no protocol with this API: which of the two has to be updated. */
export type ProtocolMismatch = { readonly kind: 'protocol_too_old' } | { readonly kind: 'protocol_too_new' };

/** The newest protocol both know. */
export function negotiate(
  theirs: readonly number[],
): { readonly kind: 'agreed'; readonly protocol: number } | ProtocolMismatch {
  const shared = PROTOCOLS.find((protocol) => theirs.includes(protocol));
  if (shared !== undefined) return { kind: 'agreed', protocol: shared };
  return { kind: Math.max(...theirs) < Math.min(...PROTOCOLS) ? 'protocol_too_old' : 'protocol_too_new' };
}

/** Where everything stands, for a console that begins or comes back. */
export async function hello(
  db: Database,
  session: SyncSession,
  request: HelloRequest,
  now: Instant,
): Promise<{ readonly kind: 'hello'; readonly response: HelloResponse } | ProtocolMismatch> {
  const agreed = negotiate(request.protocols);
  if (agreed.kind !== 'agreed') return agreed;
  const row = await withScope(db, scopeOf(session), (tx) =>
    tx
      .selectFrom('region as r')
      .innerJoin('sync_clock as c', 'c.region_id', 'r.region_id')
      .leftJoin('sync_client as s', (join) =>
        join.onRef('s.region_id', '=', 'r.region_id').on('s.client_id', '=', request.clientId),
      )
      .leftJoin('revision as m', (join) =>
        join.onRef('m.region_id', '=', 'r.region_id').onRef('m.v', '=', 'c.v'),
      )
      .select(knowsRevision(session.region, request.seen ?? null).as('isKnown'))
      .select(['r.region_id', 'r.name', 'r.time_zone', 'r.epoch', 'c.v', 'm.mark', 's.last_seq'])
      .where('r.region_id', '=', session.region)
      .executeTakeFirstOrThrow(),
  );
  const region = { code: row.region_id, name: row.name, timeZone: row.time_zone };
  const isPutBack = request.seen?.epoch === row.epoch && !row.isKnown;
  if (isPutBack) await notePutBack(db, session, now);
  const head = { headV: row.v, mark: row.mark };
  const place = { epoch: row.epoch, ...head, lastSeq: row.last_seq ?? 0, serverTime: now };
  const found = { region, ...place, ...(isPutBack ? { putBack: true } : {}) };
  return { kind: 'hello', response: helloResponse(session, agreed.protocol, found) };
}

/** Where everything stands, as a hello finds it. */
type Place = Pick<
  HelloResponse,
  'region' | 'epoch' | 'headV' | 'mark' | 'lastSeq' | 'serverTime' | 'putBack'
>;

/** The answer to a hello of this session. */
export function helloResponse(session: SyncSession, protocol: number, place: Place): HelloResponse {
  const { pushCommands, changesPage, snapshotPage } = LIMITS;
  return {
    protocol,
    ...place,
    scopeHash: scopeHashOf(session),
    ...(session.isDisabled ? { dismissed: true } : {}),
    limits: { pushCommands, changesPage, snapshotPage },
  };
}
