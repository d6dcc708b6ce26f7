import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkFullStops } from './full-stops.ts';
import { checkLiteralText } from './literal-text.ts';
import { compareLocales, parseLocale } from './locale-keys.ts';
import { checkKeyUse, readKeyUse } from './used-keys.ts';
import { listFiles } from '../paths.ts';
import type { Finding } from './finding.ts';

const ruPath = 'renderer/locales/ru.json';
const enPath = 'renderer/locales/en.json';

/**
 * Everything about the console's words, in the checkout at `base`: both languages, keys used, no text in
 * code.
 */
export function checkConsoleTexts(base: string): Finding[] {
  const modules = listFiles('renderer', base)
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
    .map((file) => ({ file, source: readFileSync(join(base, file), 'utf8') }));
  const literal = modules.flatMap(({ file, source }) => checkLiteralText(file, source));
  const absent = [ruPath, enPath].filter((file) => !existsSync(join(base, file)));
  if (absent.length > 0) {
    return [...literal, ...absent.map((file) => ({ file, line: 1, message: 'is missing' }))];
  }
  const ru = parseLocale(readFileSync(join(base, ruPath), 'utf8'));
  const en = parseLocale(readFileSync(join(base, enPath), 'utf8'));
  const differences = compareLocales(ru, en).map((message) => ({
    file: 'renderer/locales',
    line: 1,
    message,
  }));
  const uses = modules.map(({ file, source }) => readKeyUse(file, source));
  const stops = checkFullStops(modules, { [ruPath]: ru, [enPath]: en });
  return [...literal, ...differences, ...stops, ...checkKeyUse(ru.keys(), uses)];
}
