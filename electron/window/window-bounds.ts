import type { Rectangle } from 'electron';
import type { SavedBounds } from '#electron/settings/settings-schema.ts';

/** The smallest window the console is drawn for. */
export const LEAST = { width: 960, height: 600 } as const;
const USUAL = { width: 1366, height: 860 } as const;
/** So much of a window must lie on a display that a person can take hold of it, in pixels each way. */
const HOLD = 120;

function overlap(a: Rectangle, b: Rectangle): boolean {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width >= HOLD && height >= HOLD;
}

/**
 * Where the window opens: where it was, unless the display it stood on is gone; then as large as it was,
 * where the system puts it. `displays` are work areas.
 */
export function boundsFor(
  saved: SavedBounds | null,
  displays: readonly Rectangle[],
): Partial<Rectangle> & { readonly width: number; readonly height: number } {
  const largest = displays.reduce(
    (most, { width, height }) => ({
      width: Math.max(most.width, width),
      height: Math.max(most.height, height),
    }),
    { width: 0, height: 0 },
  );
  const fit = (length: number, least: number, room: number): number =>
    Math.max(least, room > 0 ? Math.min(length, room) : length);
  const width = fit(saved?.width ?? USUAL.width, LEAST.width, largest.width);
  const height = fit(saved?.height ?? USUAL.height, LEAST.height, largest.height);
  const isThere = saved !== null && displays.some((display) => overlap(saved, display));
  return isThere ? { x: saved.x, y: saved.y, width, height } : { width, height };
}
