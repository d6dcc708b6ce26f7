import { z } from 'zod';
import { acceptFile } from '#shared/files/accept-file.ts';
import { fromBase64 } from '#shared/text/base64.ts';

/** Limits of a coat of arms, in bytes and pixels: an inch of paper at 600 dots, and no more. */
export const ARMS_LIMITS = { bytes: 64 * 1024, side: 600 } as const;
/** Kinds of picture that are kept: a drawing (SVG) becomes one of them at the workstation. */
export const ARMS_TYPES = ['image/png', 'image/jpeg'] as const;
export type ArmsType = (typeof ARMS_TYPES)[number];

const LETTERS = Math.ceil(ARMS_LIMITS.bytes / 3) * 4;
const side = z.number().int().min(1).max(ARMS_LIMITS.side);

/**
 * A coat of arms with its bytes in it, base64: it is small, there is one, and an issued summary keeps the one
 * of its day.
 */
export const armsSchema = z.object({
  type: z.enum(ARMS_TYPES),
  width: side,
  height: side,
  data: z.string().min(4).max(LETTERS),
});
/** See {@link armsSchema}. */
export type Arms = Readonly<z.infer<typeof armsSchema>>;

/** Why a coat of arms is not taken; each has a sentence in both languages. */
export const ARMS_PROBLEMS = [
  'not_a_picture',
  'has_metadata',
  'too_heavy',
  'too_large',
  'other_size',
] as const;
export type ArmsProblem = (typeof ARMS_PROBLEMS)[number];

/**
 * Judges a coat of arms by its bytes, never by what is said of them: a whole PNG or JPEG within
 * {@link ARMS_LIMITS} of the kind and size that it names, with nothing beside the picture in it. Null when it
 * is one.
 */
export function armsProblem({ type, width, height, data }: Arms): ArmsProblem | null {
  const bytes = fromBase64(data);
  if (bytes === null) return 'not_a_picture';
  if (bytes.length > ARMS_LIMITS.bytes) return 'too_heavy';
  const read = acceptFile(bytes);
  if (!read.ok || read.file.type !== type) return 'not_a_picture';
  if (!read.file.isClean) return 'has_metadata';
  if (Math.max(read.file.width ?? 0, read.file.height ?? 0) > ARMS_LIMITS.side) return 'too_large';
  return read.file.width === width && read.file.height === height ? null : 'other_size';
}

/** Address of a coat of arms that needs nothing else. */
export const armsUrl = ({ type, data }: Pick<Arms, 'type' | 'data'>): string => `data:${type};base64,${data}`;
