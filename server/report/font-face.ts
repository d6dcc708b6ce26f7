import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** Parts of the font the sheet needs, with the characters each holds. */
const PARTS = [
  { file: 'cyrillic', range: 'U+0301,U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116' },
  { file: 'latin', range: 'U+0000-00FF,U+2000-206F,U+20AC,U+2122,U+2212' },
] as const;

/**
 * The console's own font as CSS with the bytes inside, so that a saved report looks the same on any machine.
 */
export async function fontFace(): Promise<string> {
  const require = createRequire(import.meta.url);
  const faces = PARTS.map(async ({ file, range }) => {
    const path = require.resolve(
      `@fontsource-variable/golos-text/files/golos-text-${file}-wght-normal.woff2`,
    );
    const bytes = (await readFile(path)).toString('base64');
    return (
      `@font-face{font-family:'Golos Text Variable';font-weight:400 900;` +
      `src:url(data:font/woff2;base64,${bytes}) format('woff2');unicode-range:${range}}`
    );
  });
  return (await Promise.all(faces)).join('');
}
