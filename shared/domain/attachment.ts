import { z } from 'zod';
import { cleanFileName, FILE_EXTENSIONS } from '#shared/text/file-name.ts';

/** Media types that may be attached. The bytes decide, never the name (shared/files/accept-file.ts). */
export const ATTACHMENT_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'] as const;
export type AttachmentType = (typeof ATTACHMENT_TYPES)[number];

/**
 * Bounds of what is attached; `fileBytes` is for the file as it was chosen, before what tells of its taking
 * is removed.
 */
export const ATTACHMENT_LIMITS = {
  bytes: 20 * 1024 ** 2,
  fileBytes: 64 * 1024 ** 2,
  perMessage: 10,
  /** A browser unpacks four bytes a pixel: a file of a kilobyte may declare gigabytes. */
  pixels: 60_000_000,
  side: 30_000,
} as const;

/**
 * sha-256 of the cleaned bytes, in hex: the same file is kept once, and nobody can put another in its place.
 */
export const attachmentHashSchema = z.string().regex(/^[0-9a-f]{64}$/);

const side = z.number().int().min(1).max(ATTACHMENT_LIMITS.side).nullable();

/**
 * A file as an incident speaks of it. Its bytes travel beside the commands and may come later
 * (docs/decisions/001-attachments.md).
 */
const attachmentSchema = z
  .strictObject({
    hash: attachmentHashSchema,
    type: z.enum(ATTACHMENT_TYPES),
    /** As the person's file was called, made harmless. */
    name: z.string().max(1000),
    /** Bytes. */
    size: z.number().int().min(1).max(ATTACHMENT_LIMITS.bytes),
    /** Pixels; null of a PDF. */
    width: side,
    height: side,
  })
  .transform((file) => ({ ...file, name: cleanFileName(file.name, FILE_EXTENSIONS[file.type]) }));
export type Attachment = Readonly<z.output<typeof attachmentSchema>>;

/** The files of one message, reply or note; one that is named twice counts once. */
export const attachmentsSchema = z
  .array(attachmentSchema)
  .max(ATTACHMENT_LIMITS.perMessage)
  .transform((files): readonly Attachment[] => [...new Map(files.map((file) => [file.hash, file])).values()]);

/** The field of an event or a row: absent where nothing is attached. */
export const withAttachments = (
  files: readonly Attachment[] | undefined,
): { readonly attachments?: readonly Attachment[] } =>
  files === undefined || files.length === 0 ? {} : { attachments: files };
