import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInstance, type TFunction } from 'i18next';
import { root } from '#build/paths.ts';

export type Language = 'ru' | 'en';

const read = (language: Language): Record<string, unknown> =>
  JSON.parse(readFileSync(join(root, 'renderer', 'locales', `${language}.json`), 'utf8')) as Record<
    string,
    unknown
  >;

/** The console's own words, so that a test looks for what a person reads and not for how it is built. */
export function wordsOf(language: Language): TFunction {
  const instance = createInstance();
  void instance.init({
    lng: language,
    resources: { [language]: { translation: read(language) } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return instance.t;
}
