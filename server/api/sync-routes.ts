import { z } from 'zod';
import { assertNever } from '#shared/domain/must.ts';
import { pushRequestSchema, pushResponseSchema } from '#shared/protocol/envelope.ts';
import type { SeenRevision } from '#shared/protocol/seen-revision.ts';
import {
  bucketQuerySchema,
  changesQuerySchema,
  digestResponseSchema,
  helloRequestSchema,
  helloResponseSchema,
  knownRequestSchema,
  knownResponseSchema,
  snapshotQuerySchema,
  type SnapshotQuery,
} from '#shared/protocol/sync.ts';
import { LIMITS } from '#shared/protocol/version.ts';
import { findSession } from '#server/accounts/session-store.ts';
import { changesAfter, resync, type Resync } from '#server/sync/changes.ts';
import { digestOf } from '#server/sync/digest.ts';
import { hello, negotiate, type ProtocolMismatch } from '#server/sync/hello.ts';
import { knownCommands } from '#server/sync/known-commands.ts';
import { PokeHub } from '#server/sync/poke-hub.ts';
import { pushCommands } from '#server/sync/push.ts';
import { bucketPage, snapshotPage, type SnapshotResult } from '#server/sync/snapshot.ts';
import { scopeHashOf } from '#server/sync/sync-session.ts';
import type { Api, ApiDeps, Routes } from './api.ts';
import { currentOf } from './authentication.ts';
import { ApiFailure } from './errors.ts';
import { streamPokes } from './poke-stream.ts';
import { JSON_TYPE, NDJSON_TYPE, sendPage } from './send-page.ts';
import { syncSessionOf } from './sync-session.ts';

const PATH = '/api/v1/sync';
/** The oldest console this API still speaks with. */
const MIN_APP = '0.1.0';

/** Sent as the text the database gave, so the schema is for readers of the OpenAPI document only. */
const documented = (description: string) => z.string().describe(description);

function mismatch({ kind }: ProtocolMismatch): never {
  throw new ApiFailure(kind, kind === 'protocol_too_old' ? { minApp: MIN_APP } : {});
}

/** A dismissed person's console hands over what it holds and forgets what it has, by the usual protocol. */
const HAND_OVER = { isOpenToDismissed: true };

/** The protocol between consoles and API: shared/protocol/sync.ts says what each answer means. */
export const syncRoutes: Routes = (api, deps) => {
  const hub = new PokeHub(deps.db);
  installHello(api, deps);
  installPush(api, deps, hub);
  installKnown(api, deps);
  installChanges(api, deps);
  installPages(api, deps);
  installStream(api, deps, hub);
};

function installHello(api: Api, { db, now }: ApiDeps): void {
  api.post(
    `${PATH}/hello`,
    { config: HAND_OVER, schema: { body: helloRequestSchema, response: { 200: helloResponseSchema } } },
    async (request) => {
      const result = await hello(db, syncSessionOf(request), request.body, now());
      return result.kind === 'hello' ? result.response : mismatch(result);
    },
  );
}

function installPush(api: Api, { db, now, scheduler }: ApiDeps, hub: PokeHub): void {
  api.post(
    `${PATH}/push`,
    { config: HAND_OVER, schema: { body: pushRequestSchema, response: { 200: pushResponseSchema } } },
    async (request) => {
      const agreed = negotiate([request.body.protocol]);
      if (agreed.kind !== 'agreed') mismatch(agreed);
      const session = syncSessionOf(request);
      const result = await pushCommands(db, session, request.body, now);
      switch (result.kind) {
        case 'pushed':
          hub.moved(session.region, result.response.headV);
          scheduler?.follow(session.region, result.changes);
          return result.response;
        case 'forbidden':
          throw new ApiFailure('forbidden', { reason: 'actor' });
        case 'put_back':
          throw resynced(resync('full', 'put_back'));
        // A console that is told so goes on under an id of its own.
        case 'foreign_client':
          throw new ApiFailure('sequence_gap', { reason: 'client' });
        default:
          return assertNever(result);
      }
    },
  );
}

const resynced = ({ reset, reason }: Resync): ApiFailure => new ApiFailure('resync', { reset, reason });

/** Reads what a console has seen off the query of a page; null where it does not say. */
const seenIn = ({ epoch, cursor, mark }: SnapshotQuery): SeenRevision | null =>
  epoch === undefined || cursor === undefined ? null : { epoch, cursor, mark: mark ?? null };

function installKnown(api: Api, { db }: ApiDeps): void {
  api.post(
    `${PATH}/known`,
    { config: HAND_OVER, schema: { body: knownRequestSchema, response: { 200: knownResponseSchema } } },
    async (request) => ({ known: await knownCommands(db, syncSessionOf(request), request.body.ids) }),
  );
}

function installChanges(api: Api, { db }: ApiDeps): void {
  const response = {
    200: documented('ChangesResponse: {epoch, from, to, more, lastSeq, outcomes, changes}'),
  };
  api.get(
    `${PATH}/changes`,
    { config: HAND_OVER, schema: { querystring: changesQuerySchema, response } },
    async (request, reply) => {
      const result = await changesAfter(db, syncSessionOf(request), request.query);
      if (result.kind === 'resync') throw resynced(result);
      return sendPage(request, reply, JSON_TYPE, result.body);
    },
  );
  api.get(
    `${PATH}/digest`,
    { config: HAND_OVER, schema: { response: { 200: digestResponseSchema } } },
    async (request) => digestOf(db, syncSessionOf(request)),
  );
}

function bytesOf(result: SnapshotResult): Buffer {
  if (result.kind === 'resync') throw resynced(result);
  if (result.kind === 'bad_cursor')
    throw new ApiFailure('bad_request', { issues: [{ path: 'querystring/after', reason: 'cursor' }] });
  return result.body;
}

function installPages(api: Api, { db }: ApiDeps): void {
  const response = { 200: documented('NDJSON, one SnapshotLine a line: head, rows, tail with their sha256') };
  api.get(
    `${PATH}/snapshot`,
    { config: HAND_OVER, schema: { querystring: snapshotQuerySchema, response } },
    async (request, reply) => {
      const { part, after, limit, bytes } = request.query;
      const [session, size, seen] = [syncSessionOf(request), { limit, bytes }, seenIn(request.query)];
      const page = await snapshotPage(db, session, part, after, size, seen);
      return sendPage(request, reply, NDJSON_TYPE, bytesOf(page));
    },
  );
  api.get(
    `${PATH}/bucket`,
    { schema: { querystring: bucketQuerySchema, response } },
    async (request, reply) => {
      const { bucket, after, bytes } = request.query;
      const size = { limit: LIMITS.snapshotPage, bytes };
      return sendPage(
        request,
        reply,
        NDJSON_TYPE,
        bytesOf(await bucketPage(db, syncSessionOf(request), bucket, after, size)),
      );
    },
  );
}

const lastEventId = z.coerce.number().int().min(0).catch(-1);

function installStream(api: Api, deps: ApiDeps, hub: PokeHub): void {
  const response = { 200: documented('Server-sent events {v}: the region has changed up to revision v') };
  api.get(`${PATH}/stream`, { schema: { response } }, async (request, reply) => {
    const { token } = currentOf(request);
    const session = syncSessionOf(request);
    const isAllowed = async (): Promise<boolean> => {
      // A database that is away says nothing about the session.
      const found = await findSession(deps.db, token, deps.now()).catch(() => null);
      if (found === null) return true;
      if (found.kind !== 'found') return false;
      const { role, agency } = found.session.account;
      return scopeHashOf({ ...session, role, agency }) === scopeHashOf(session);
    };
    const header = request.headers['last-event-id'];
    streamPokes(api, hub, reply, {
      region: session.region,
      knownV: header === undefined ? -1 : lastEventId.parse(header),
      isAllowed,
    });
    return reply;
  });
}
