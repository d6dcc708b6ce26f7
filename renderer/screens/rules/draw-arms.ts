import { ARMS_LIMITS, type Arms, type ArmsType } from '#shared/domain/arms.ts';
import { acceptFile } from '#shared/files/accept-file.ts';
import { isPicture } from '#shared/domain/photo.ts';
import { toBase64 } from '#shared/text/base64.ts';

/** A file larger than this is no coat of arms. */
const MOST_BYTES = 5 * 1024 * 1024;
/** Longest sides that are tried until the picture is light enough. */
const SIDES = [480, 360, 240, 160];

export type DrawProblem = 'not_a_picture' | 'file_too_large' | 'unreadable_picture';
export type DrawnArms =
  | { readonly ok: true; readonly arms: Arms }
  | { readonly ok: false; readonly problem: DrawProblem };

const no = (problem: DrawProblem): DrawnArms => ({ ok: false, problem });

/** Tells whether a text may be a drawing: markup with an SVG in its beginning. */
export const isDrawing = (head: string): boolean =>
  head.trimStart().startsWith('<') && /<svg[\s>]/i.test(head);

/**
 * A coat of arms of a PNG, JPEG, WebP or SVG, drawn anew: small, with nothing in it but the picture. What the
 * file is its first bytes say, not its name. A drawing (SVG) is kept as dots, so that nothing of it can run
 * or ask the network for anything, and Word prints it too.
 */
export async function drawArms(file: Blob): Promise<DrawnArms> {
  if (file.size > MOST_BYTES) return no('file_too_large');
  const bytes = new Uint8Array(await file.arrayBuffer());
  const isSvg = isDrawing(new TextDecoder().decode(bytes.subarray(0, 4096)));
  if (!isSvg && !isPicture(bytes.subarray(0, 16))) return no('not_a_picture');
  const picture = await (isSvg ? openDrawing(bytes) : openPicture(file));
  if (picture === null) return no('unreadable_picture');
  for (const type of ['image/png', 'image/jpeg'] as const)
    for (const side of SIDES) {
      const arms = await drawn(picture, type, isSvg ? side : Math.min(side, longest(picture)));
      if (arms !== null) return { ok: true, arms };
    }
  return no('file_too_large');
}

const longest = ({ width, height }: CanvasSize): number => Math.max(width, height);

interface CanvasSize {
  readonly width: number;
  readonly height: number;
}
type Picture = (ImageBitmap | HTMLImageElement) & CanvasSize;

async function openPicture(file: Blob): Promise<Picture | null> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    return null;
  }
}

/** An image element runs no scripts of a drawing and fetches nothing for it. */
async function openDrawing(bytes: Uint8Array): Promise<Picture | null> {
  const image = new Image();
  image.src = `data:image/svg+xml;base64,${toBase64(bytes)}`;
  try {
    await image.decode();
  } catch {
    return null;
  }
  return image.width > 0 && image.height > 0 ? image : null;
}

async function drawn(picture: Picture, type: ArmsType, side: number): Promise<Arms | null> {
  const scale = side / longest(picture);
  const [width, height] = [picture.width, picture.height].map((of) => Math.max(1, Math.round(of * scale)));
  const canvas = new OffscreenCanvas(width ?? 1, height ?? 1);
  const brush = canvas.getContext('2d');
  if (brush === null) return null;
  if (type === 'image/jpeg') {
    // Paper shows through a PNG; a JPEG has none to show.
    brush.fillStyle = '#fff';
    brush.fillRect(0, 0, canvas.width, canvas.height);
  }
  brush.imageSmoothingQuality = 'high';
  brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await canvas.convertToBlob({ type, quality: 0.8 });
  const read = acceptFile(new Uint8Array(await blob.arrayBuffer()));
  if (!read.ok || read.file.type !== type || read.file.bytes.length > ARMS_LIMITS.bytes) return null;
  return { type, width: canvas.width, height: canvas.height, data: toBase64(read.file.bytes) };
}
