import { z } from 'zod';

/** A locale file: sentences in nested objects. */
type Sentences = { readonly [name: string]: string | Sentences };

const sentencesSchema: z.ZodType<Sentences> = z.lazy(() =>
  z.record(z.string(), z.union([z.string(), sentencesSchema])),
);

/**
 * A language's sentences by full key (`queue.title`), plural forms as they are written (`queue.left_one`).
 */
export type Locale = ReadonlyMap<string, string>;

/**
 * Reads the text of a locale file; throws when it is not JSON or holds anything but sentences and objects.
 */
export function parseLocale(text: string): Locale {
  const flat = new Map<string, string>();
  const walk = (sentences: Sentences, prefix: string): void => {
    for (const [name, value] of Object.entries(sentences)) {
      if (typeof value === 'string') flat.set(prefix + name, value);
      else walk(value, `${prefix}${name}.`);
    }
  };
  walk(sentencesSchema.parse(JSON.parse(text)), '');
  return flat;
}

const pluralForm = /_(zero|one|two|few|many|other)$/;

/** `queue.left_few` and `queue.left_one` are two forms of `queue.left`. */
export function baseKey(key: string): string {
  return key.replace(pluralForm, '');
}

function variablesOf(locale: Locale, base: string): string {
  const found = new Set<string>();
  for (const [key, sentence] of locale) {
    if (baseKey(key) !== base) continue;
    for (const match of sentence.matchAll(/\{\{\s*(\w+)[^}]*\}\}/g)) found.add(match[1] ?? '');
  }
  // A language may say "one case" without the figure in it, but never a figure nobody gives.
  found.delete('count');
  return [...found].toSorted().join(', ');
}

function missingForms(locale: Locale, base: string, language: string): string[] {
  const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  const present = needed.filter((form) => locale.has(`${base}_${form}`));
  return present.length === 0 ? [] : needed.filter((form) => !present.includes(form));
}

function bases(locale: Locale): Set<string> {
  return new Set([...locale.keys()].map(baseKey));
}

/** Finds what is wrong within one language: empty sentences, plural forms its grammar needs and it lacks. */
function faultsOf(locale: Locale, language: string): string[] {
  const empty = [...locale]
    .filter(([, sentence]) => sentence.trim() === '')
    .map(([key]) => `${key} is empty`);
  const incomplete = [...bases(locale)].flatMap((base) => {
    const forms = missingForms(locale, base, language);
    return forms.length === 0 ? [] : [`${base} lacks the plural form ${forms.join(', ')}`];
  });
  return [...empty, ...incomplete].map((message) => `${language}: ${message}`);
}

/** Where two languages differ: keys, variables; and what each says wrongly by itself. One line per fault. */
export function compareLocales(ru: Locale, en: Locale): string[] {
  const inRu = bases(ru);
  const inEn = bases(en);
  const both = [...inRu].filter((base) => inEn.has(base));
  return [
    ...faultsOf(ru, 'ru'),
    ...faultsOf(en, 'en'),
    ...[...inRu].filter((base) => !inEn.has(base)).map((base) => `en: ${base} is missing`),
    ...[...inEn].filter((base) => !inRu.has(base)).map((base) => `ru: ${base} is missing`),
    ...both
      .filter((base) => variablesOf(ru, base) !== variablesOf(en, base))
      .map(
        (base) => `${base}: variables differ, ru {${variablesOf(ru, base)}}, en {${variablesOf(en, base)}}`,
      ),
  ];
}
