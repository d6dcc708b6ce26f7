import type { Generated } from 'kysely';
import type { AttachmentType } from '#shared/domain/attachment.ts';
import type { Instant } from '#shared/domain/instant.ts';

/** A file on its way in; one for each account and hash. See migration 024. */
export interface AttachmentUploadTable {
  region_id: string;
  id: string;
  account: string;
  /** sha-256 that its bytes are said to have, in hex. */
  hash: string;
  size: number;
  received: Generated<number>;
  touched_at: Instant;
}

/** Bytes of an upload from `start` on, finished or not. */
export interface AttachmentPartTable {
  region_id: string;
  upload_id: string;
  start: number;
  bytes: Buffer;
}

/** A file that was judged; its bytes are the parts of its upload. */
export interface AttachmentTable {
  region_id: string;
  hash: string;
  upload_id: string;
  type: AttachmentType;
  size: number;
  width: number | null;
  height: number | null;
  created_at: Instant;
}

/** Who has handed in the bytes of a file, and when last. */
export interface AttachmentHolderTable {
  region_id: string;
  hash: string;
  account: string;
  size: number;
  at: Instant;
}

/** Which incident's events name a file, and by whom. Filled by a trigger. */
export interface AttachmentUseTable {
  region_id: string;
  hash: string;
  incident_id: string;
  account: string;
}
