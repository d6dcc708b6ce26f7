/**
 * A picture cleaned: the parts that are left, in the order they are written, and the size it declares in
 * pixels.
 */
export type PictureRead =
  | {
      readonly ok: true;
      readonly width: number;
      readonly height: number;
      readonly parts: readonly Uint8Array[];
    }
  | { readonly ok: false; readonly problem: 'damaged' | 'animated' };

/** The answer for a picture that cannot be read. */
export const DAMAGED: PictureRead = { ok: false, problem: 'damaged' };

/**
 * Chunks or segments of one picture. Encoders write a thousand to the ten megabytes; a file made of nothing
 * but empty ones would hold up everybody for seconds and take gigabytes of memory.
 */
export const MOST_PIECES = 50_000;
