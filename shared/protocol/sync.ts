import { z } from 'zod';
import type { Incident } from '#shared/domain/incident.ts';
import { commandOutcomeSchema } from './envelope.ts';
import { LIMITS } from './version.ts';
import { seenRevisionSchema } from './seen-revision.ts';

/** POST /api/v1/sync/hello */
export const helloRequestSchema = z.object({
  protocols: z.array(z.number().int()).min(1).max(20),
  appVersion: z.string().max(60),
  clientId: z.uuid(),
  /** Left out by a console without a copy, and by those of earlier releases. */
  seen: seenRevisionSchema.optional(),
});
export type HelloRequest = z.infer<typeof helloRequestSchema>;

/** Answer to a hello: what the session goes by. */
export const helloResponseSchema = z.object({
  protocol: z.number().int(),
  /** Changes when the database was restored or replaced: cursors of another epoch mean nothing. */
  epoch: z.uuid(),
  region: z.object({ code: z.string(), name: z.string(), timeZone: z.string() }),
  /** Hash of the scope of this account; another one means that rows outside the scope must go. */
  scopeHash: z.string(),
  headV: z.number().int(),
  /** The mark of `headV`, where it has one; earlier releases of the API give none. */
  mark: z.uuid().nullable().optional(),
  /** Last command of this client the API has decided. */
  lastSeq: z.number().int(),
  serverTime: z.number().int(),
  /** The account is closed: it sees nothing, and its commands are held. Left out while it is open. */
  dismissed: z.boolean().optional(),
  /**
   * The database does not know the revision `seen`: it was put back to an earlier moment without a new epoch.
   * The copy is of no use, and what was accepted since is to be offered again. Left out otherwise.
   */
  putBack: z.boolean().optional(),
  limits: z.object({
    pushCommands: z.number().int(),
    changesPage: z.number().int(),
    snapshotPage: z.number().int(),
  }),
});
export type HelloResponse = z.infer<typeof helloResponseSchema>;

/** Kinds of reference rows; each row's shape is the zod schema of its module in shared/domain. */
export const REFERENCE_KINDS = [
  'agency',
  'municipality',
  'topic',
  'route',
  'policy',
  'calendar',
  'regulation',
  'account',
  'campaign',
  'activity',
  'example',
  'importance_rule',
  'reply_template',
] as const;
export type ReferenceKind = (typeof REFERENCE_KINDS)[number];

export interface ReferenceRow {
  readonly kind: ReferenceKind;
  readonly id: string;
  readonly row: unknown;
}

/**
 * GET /api/v1/sync/snapshot?part=reference|open|closed&after=<id>&bytes=&epoch=&cursor=&mark=: NDJSON, one
 * `SnapshotLine` a line. `open` pages go by id; `closed` by creation time, newest first (`after` is then an
 * opaque cursor given back as `next`).
 */
export const SNAPSHOT_PARTS = ['reference', 'open', 'closed'] as const;
export type SnapshotPart = (typeof SNAPSHOT_PARTS)[number];

/** Bytes of rows, not packed, that a page is to hold: a whole revision, or a single row, may be more. */
const pageBytesSchema = z.coerce.number().int().min(1).max(LIMITS.longestPageBytes).default(LIMITS.pageBytes);

export const snapshotQuerySchema = z.object({
  part: z.enum(SNAPSHOT_PARTS),
  /** The id of a topic in it is as long as its names: base64 of up to 3,000 Russian letters. */
  after: z.string().max(10_000).default(''),
  limit: z.coerce.number().int().min(1).max(5000).default(2000),
  bytes: pageBytesSchema,
  /**
   * The fields of the `SeenRevision` that the console's copy is at: a database that does not know it answers
   * `resync`. Left out by consoles of earlier releases.
   */
  epoch: z.uuid().optional(),
  cursor: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
  mark: z.uuid().optional(),
});
export type SnapshotQuery = z.infer<typeof snapshotQuerySchema>;

export type SnapshotLine =
  /**
   * First line: where the clock stood at the start of this page, and about how many rows the part has in all.
   */
  | {
      readonly t: 'head';
      readonly epoch: string;
      readonly v0: number;
      /** The mark of `v0`, where it has one; earlier releases of the API give none. */
      readonly mark?: string | null;
      /** Whose rows these are, as in a hello; earlier releases of the API do not say it. */
      readonly scope?: string;
      readonly estimate: number;
    }
  | {
      readonly t: 'reference';
      readonly v: number;
      readonly kind: ReferenceKind;
      readonly id: string;
      readonly row: unknown;
    }
  | { readonly t: 'incident'; readonly v: number; readonly row: Incident }
  /**
   * Last line: a page without it was cut. `sha256` (hex) covers the bytes of the rows before it, newlines
   * included.
   */
  | { readonly t: 'tail'; readonly next: string | null; readonly rows: number; readonly sha256: string };

/** GET /api/v1/sync/changes?after=<v>&mark=<uuid>&clientId=<uuid>&epoch=<uuid>&scope=<hash>&limit=&bytes= */
export const changesQuerySchema = z.object({
  after: z.coerce.number().int().min(0),
  /** The mark of `after`, where the API gave one. */
  mark: z.uuid().optional(),
  clientId: z.uuid(),
  epoch: z.uuid(),
  scope: z.string().max(100),
  limit: z.coerce.number().int().min(1).max(5000).default(1000),
  bytes: pageBytesSchema,
});
export type ChangesQuery = z.infer<typeof changesQuerySchema>;

/** One changed thing, at its newest state. `evict`: it left what this account may see. */
export const changeSchema = z.union([
  z.object({
    op: z.literal('put'),
    entity: z.literal('incident'),
    v: z.number().int(),
    id: z.uuid(),
    row: z.custom<Incident>(),
  }),
  z.object({
    op: z.literal('put'),
    entity: z.enum(REFERENCE_KINDS),
    v: z.number().int(),
    id: z.string(),
    row: z.unknown(),
  }),
  z.object({
    op: z.enum(['del', 'evict']),
    entity: z.enum(['incident', ...REFERENCE_KINDS]),
    v: z.number().int(),
    id: z.string(),
  }),
]);
export type Change = z.infer<typeof changeSchema>;

/**
 * `outcomes` are this client's commands decided in (from, to], refused ones too (so a refusal moves the clock
 * as well); `lastSeq` as of `to`: pending ones up to it leave the outbox.
 */
export const changesResponseSchema = z.object({
  epoch: z.uuid(),
  from: z.number().int(),
  to: z.number().int(),
  /** The mark of `to`, where it has one; earlier releases of the API give none. */
  mark: z.uuid().nullable().optional(),
  more: z.boolean(),
  lastSeq: z.number().int(),
  outcomes: z.array(commandOutcomeSchema),
  changes: z.array(changeSchema),
});
export type ChangesResponse = z.infer<typeof changesResponseSchema>;

/**
 * GET /api/v1/sync/stream (server-sent events): a poke without data worth keeping; losing one costs only
 * time.
 */
export const pokeSchema = z.object({ v: z.number().int() });
export type Poke = z.infer<typeof pokeSchema>;

/**
 * POST /api/v1/sync/known: which of one's own commands the API has decided. Asked after its database was put
 * back, so that only what it has lost is offered again.
 */
export const knownRequestSchema = z.object({ ids: z.array(z.uuid()).max(1000) });
export const knownResponseSchema = z.object({ known: z.array(z.uuid()).max(1000) });

/** Number of buckets ids are spread over for comparing copies. */
export const DIGEST_BUCKETS = 256;

/**
 * GET /api/v1/sync/digest: per bucket of ids (last byte of the id), count and xor of hashes of (id, version),
 * at clock `v`.
 */
export const digestResponseSchema = z.object({
  v: z.number().int(),
  /** Scope of what was counted, as in a hello: rights change between requests. Earlier releases have none. */
  scope: z.string().optional(),
  buckets: z.array(z.object({ n: z.number().int(), x: z.string() })).length(DIGEST_BUCKETS),
});
export type DigestResponse = z.infer<typeof digestResponseSchema>;

/**
 * GET /api/v1/sync/bucket?bucket=<0..255>&after=<id>: NDJSON page of the incidents of one bucket, for repair.
 */
export const bucketQuerySchema = z.object({
  bucket: z.coerce.number().int().min(0).max(255),
  after: z.string().max(200).default(''),
  bytes: pageBytesSchema,
});
