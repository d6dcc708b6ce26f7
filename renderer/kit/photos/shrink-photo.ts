import { isPicture, PHOTO_LIMITS, PHOTO_TYPE } from '#shared/domain/photo.ts';

/** The most a camera gives; larger files are not photos of a street. */
const MOST_BYTES = 40 * 1024 * 1024;
/** The longest side: enough for half a sheet of A4 at 300 dots to the inch. */
const SIDE = 1280;
const QUALITIES = [0.82, 0.7, 0.55, 0.4];

export type ShrinkProblem = 'not_a_picture' | 'file_too_large' | 'unreadable_picture';
export type Shrunk =
  | { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly ok: false; readonly problem: ShrinkProblem };

const no = (problem: ShrinkProblem): Shrunk => ({ ok: false, problem });

/**
 * A photo as it may leave the workstation: small, a JPEG, drawn anew, so that nothing of where and with what
 * it was taken goes with it. What the file is its first bytes say, not its name.
 */
export async function shrinkPhoto(file: Blob): Promise<Shrunk> {
  if (file.size > MOST_BYTES) return no('file_too_large');
  if (!isPicture(new Uint8Array(await file.slice(0, 16).arrayBuffer()))) return no('not_a_picture');
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    return no('unreadable_picture');
  }
  try {
    const canvas = drawn(picture);
    for (const quality of QUALITIES) {
      const blob = await canvas.convertToBlob({ type: PHOTO_TYPE, quality });
      if (blob.size <= PHOTO_LIMITS.bytes)
        return { ok: true, bytes: new Uint8Array(await blob.arrayBuffer()) };
    }
    return no('file_too_large');
  } finally {
    picture.close();
  }
}

function drawn(picture: ImageBitmap): OffscreenCanvas {
  const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(picture.width * scale)),
    Math.max(1, Math.round(picture.height * scale)),
  );
  const brush = canvas.getContext('2d', { alpha: false });
  if (brush === null) return canvas;
  // Paint the transparent parts of a PNG white, like paper.
  brush.fillStyle = '#fff';
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.imageSmoothingQuality = 'high';
  brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}
