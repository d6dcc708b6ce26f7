import { isAbsolute, join, relative, sep } from 'node:path';
import { isOurs } from '#electron/app/app-address.ts';

/**
 * The file under `root` that an address of ours names, or null when it names none of ours. Any address
 * without a file's ending is a screen, and screens are one page. The path is judged after decoding, once;
 * what still holds `%`, a NUL, a backslash or a drive is not a name that a build has.
 */
export function fileFor(address: string, root: string): string | null {
  if (!isOurs(address)) return null;
  let path: string;
  try {
    path = decodeURIComponent(new URL(address).pathname);
  } catch {
    return null;
  }
  if (/[%\0\\:]/.test(path)) return null;
  const name = /\.\w+$/.test(path) ? path : '/index.html';
  const file = join(root, name);
  const inside = relative(root, file);
  const isInside = inside !== '' && !isAbsolute(inside) && inside.split(sep)[0] !== '..';
  return isInside ? file : null;
}
