import { startsWith } from './first-bytes.ts';
import { orientationOf, orientationTiff } from './orientation.ts';
import { DAMAGED, MOST_PIECES, type PictureRead } from './picture.ts';

/** Markers of ITU-T T.81, table B.1. */
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;
/** Baseline, extended and progressive frames: what browsers draw. */
const FRAMES = [0xc0, 0xc1, 0xc2];
/** Segments that draw: frames, Huffman and quantisation tables, restart intervals. */
const DRAWING = [...FRAMES, 0xc4, 0xdb, 0xdd];
const isApplication = (marker: number): boolean => (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe;
/** Restart markers stand alone within the picture's data. */
const isBare = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);

const EXIF_HEAD = 'Exif\0\0';
const ICC_HEAD = 'ICC_PROFILE\0';
/**
 * The offset at which a profile (ICC.1, 7.2) has its signature `acsp`, behind the name and the two numbers of
 * its part.
 */
const ICC_SIGNATURE_AT = 14 + 36;

/** JFIF's own head without the small picture it may hold, which shows what a crop has cut off. */
const plainJfif = (body: Uint8Array): Uint8Array =>
  Uint8Array.from([0xff, APP0, 0, 16, ...body.subarray(0, 12), 0, 0]);

/** EXIF with nothing but the orientation, as a segment. */
function exifSegment(orientation: number): Uint8Array {
  const body = [...[...EXIF_HEAD].map((sign) => sign.charCodeAt(0)), ...orientationTiff(orientation)];
  return Uint8Array.from([0xff, APP1, 0, body.length + 2, ...body]);
}

interface Segment {
  readonly marker: number;
  /** From its 0xff on; of a scan, with the data behind it. */
  readonly whole: Uint8Array;
  readonly body: Uint8Array;
}

/** The end of a scan's data: the next marker that is no part of it. */
function endOfData(bytes: Uint8Array, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at)) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) at += 1;
    else if (marker === 0 || isBare(marker)) at += 2;
    else return at;
  }
  return bytes.length;
}

/** The segments between start and end of a JPEG; null when it is not whole, or in too many pieces. */
function segmentsOf(bytes: Uint8Array): readonly Segment[] | null {
  const segments: Segment[] = [];
  if (bytes[1] !== SOI) return null;
  for (let at = 2; at + 1 < bytes.length && segments.length < MOST_PIECES;) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff) return null;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === EOI) return segments;
    const length = (bytes[at + 2] ?? 0) * 256 + (bytes[at + 3] ?? 0);
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) return null;
    const next = marker === SOS ? endOfData(bytes, end) : end;
    segments.push({ marker, whole: bytes.subarray(at, next), body: bytes.subarray(at + 4, end) });
    at = next;
  }
  return null;
}

/**
 * A colour profile and Adobe's note on colours change what is seen; every other application segment or
 * comment may tell of people.
 */
function isColour({ marker, body }: Segment): boolean {
  if (marker === APP14) return startsWith(body, 'Adobe') && body.length === 12;
  const isFirst = body[12] === 1;
  return (
    marker === APP2 && startsWith(body, ICC_HEAD) && (!isFirst || startsWith(body, 'acsp', ICC_SIGNATURE_AT))
  );
}

/** Reads a JPEG: its size, and the parts that draw it. What stands behind its end is no part of it. */
export function readJpeg(bytes: Uint8Array): PictureRead {
  const segments = segmentsOf(bytes);
  if (segments === null) return DAMAGED;
  const frame = segments.find(({ marker }) => FRAMES.includes(marker));
  const isKnown = ({ marker }: Segment): boolean =>
    DRAWING.includes(marker) || marker === SOS || isApplication(marker);
  if (frame === undefined || frame.body.length < 6 || !segments.every(isKnown)) return DAMAGED;
  if (!segments.some(({ marker }) => marker === SOS)) return DAMAGED;
  const [, top = 0, bottom = 0, left = 0, right = 0] = frame.body;
  const [height, width] = [top * 256 + bottom, left * 256 + right];
  if (width === 0 || height === 0) return DAMAGED;
  const jfif = segments.find(
    ({ marker, body }) => marker === APP0 && startsWith(body, 'JFIF\0') && body.length >= 14,
  );
  const exif = segments.find(({ marker, body }) => marker === APP1 && startsWith(body, EXIF_HEAD));
  const orientation = exif === undefined ? 1 : orientationOf(exif.body.subarray(EXIF_HEAD.length));
  const parts = [
    Uint8Array.from([0xff, SOI]),
    ...(jfif === undefined ? [] : [plainJfif(jfif.body)]),
    ...(orientation === 1 ? [] : [exifSegment(orientation)]),
    ...segments
      .filter((segment) => !isApplication(segment.marker) || isColour(segment))
      .map(({ whole }) => whole),
    Uint8Array.from([0xff, EOI]),
  ];
  return { ok: true, width, height, parts };
}
