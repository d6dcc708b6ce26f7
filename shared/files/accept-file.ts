import { ATTACHMENT_LIMITS, type AttachmentType } from '#shared/domain/attachment.ts';
import { isHeic, startsWith } from './first-bytes.ts';
import { readJpeg } from './jpeg.ts';
import { pdfProblem } from './pdf.ts';
import type { PictureRead } from './picture.ts';
import { readPng } from './png.ts';
import { readWebp } from './webp.ts';

/**
 * Reasons why a file cannot be attached. Each needs a sentence in both languages wherever a person meets it.
 */
export const FILE_PROBLEMS = [
  'empty',
  'too_large',
  'heic',
  'not_accepted',
  'damaged',
  'hidden_content',
  'animated',
  'too_many_pixels',
] as const;
export type FileProblem = (typeof FILE_PROBLEMS)[number];

/** A file as it may leave the workstation. */
export interface AcceptedFile<Bytes extends Uint8Array = Uint8Array<ArrayBuffer>> {
  readonly type: AttachmentType;
  readonly bytes: Bytes | Uint8Array<ArrayBuffer>;
  /** Pixels as stored, before the orientation turns them; null of a PDF. */
  readonly width: number | null;
  readonly height: number | null;
  /** True when the file was so already, byte for byte. */
  readonly isClean: boolean;
}

interface Refused {
  readonly ok: false;
  readonly problem: FileProblem;
}
export type FileRead<Bytes extends Uint8Array = Uint8Array<ArrayBuffer>> =
  | { readonly ok: true; readonly file: AcceptedFile<Bytes> }
  | Refused;

const no = (problem: FileProblem): Refused => ({ ok: false, problem });

const PICTURES: Readonly<
  Record<Exclude<AttachmentType, 'application/pdf'>, (bytes: Uint8Array) => PictureRead>
> = { 'image/jpeg': readJpeg, 'image/png': readPng, 'image/webp': readWebp };

/** The kind of picture that begins with these bytes; null when it is none that can be attached. */
export function pictureTypeOf(head: Uint8Array): keyof typeof PICTURES | null {
  if (startsWith(head, [0xff, 0xd8, 0xff])) return 'image/jpeg';
  if (startsWith(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png';
  return startsWith(head, 'RIFF') && startsWith(head, 'WEBP', 8) ? 'image/webp' : null;
}

/**
 * Checks a file by its bytes and gives it without what tells where, when and with what it was taken, and
 * without anything that is no part of it: of a picture only what draws it and its orientation are kept, a PDF
 * stays as it is. Cleaning twice changes nothing, so what is clean is known by coming back the same.
 */
export function acceptFile<Bytes extends Uint8Array>(bytes: Bytes): FileRead<Bytes> {
  if (bytes.length === 0) return no('empty');
  if (bytes.length > ATTACHMENT_LIMITS.fileBytes) return no('too_large');
  if (startsWith(bytes, '%PDF-')) return acceptPdf(bytes);
  const type = pictureTypeOf(bytes);
  if (type === null) return no(isHeic(bytes) ? 'heic' : 'not_accepted');
  const picture = PICTURES[type](bytes);
  if (!picture.ok) return no(picture.problem);
  const { width, height } = picture;
  const { side, pixels } = ATTACHMENT_LIMITS;
  if (width > side || height > side || width * height > pixels) return no('too_many_pixels');
  const { parts } = picture;
  if (parts.reduce((sum, { length }) => sum + length, 0) > ATTACHMENT_LIMITS.bytes) return no('too_large');
  const isClean = isMadeOf(bytes, parts);
  return { ok: true, file: { type, bytes: isClean ? bytes : joined(parts), width, height, isClean } };
}

function acceptPdf<Bytes extends Uint8Array>(bytes: Bytes): FileRead<Bytes> {
  if (bytes.length > ATTACHMENT_LIMITS.bytes) return no('too_large');
  const problem = pdfProblem(bytes);
  if (problem !== null) return no(problem);
  return { ok: true, file: { type: 'application/pdf', bytes, width: null, height: null, isClean: true } };
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * Tells whether the parts, one after the other, are the file itself. Most of them lie in it at their place,
 * which costs no comparing.
 */
function isMadeOf(bytes: Uint8Array, parts: readonly Uint8Array[]): boolean {
  let at = 0;
  for (const part of parts) {
    const isInPlace = part.buffer === bytes.buffer && part.byteOffset === bytes.byteOffset + at;
    if (!isInPlace && !standsAt(bytes, part, at)) return false;
    at += part.length;
  }
  return at === bytes.length;
}

function standsAt(bytes: Uint8Array, part: Uint8Array, at: number): boolean {
  for (let index = 0; index < part.length; index += 1) if (bytes[at + index] !== part[index]) return false;
  return true;
}
