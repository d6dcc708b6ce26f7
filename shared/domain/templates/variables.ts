/**
 * Variables that a template may name in braces, as a person types them. They stand in stored texts for good:
 * a name is added, never changed.
 */
export const TEMPLATE_VARIABLES = [
  'обращение',
  'имя',
  'адрес',
  'муниципалитет',
  'номер',
  'дата',
  'срок',
  'ведомство',
  'тема',
] as const;
export type TemplateVariable = (typeof TEMPLATE_VARIABLES)[number];

/** Values of the variables; null where the incident does not say. */
export type VariableValues = Readonly<Record<TemplateVariable, string | null>>;

const IN_BRACES = /\{([^{}\n]{0,60})\}/gu;

const variableOf = (typed: string): TemplateVariable | null => {
  const name = typed.trim().toLowerCase();
  return TEMPLATE_VARIABLES.find((variable) => variable === name) ?? null;
};

/** Gives what stands in braces and names no variable, as it was typed, each once. */
export const unknownVariables = (text: string): readonly string[] => [
  ...new Set(
    Array.from(text.matchAll(IN_BRACES), ([, typed = '']) => typed).filter((typed) => !variableOf(typed)),
  ),
];

/** A template with its variables filled. What has no value stays in its braces, for the checker to name. */
export const fillTemplate = (text: string, values: VariableValues): string =>
  text.replaceAll(IN_BRACES, (braces, typed: string) => {
    const variable = variableOf(typed);
    return (variable === null ? null : values[variable]) ?? braces;
  });

/** Braces, and the ways in which people mark what is to be written by hand. */
const OPEN_PLACE =
  /\{[^{}\n]{0,60}\}|<[^<>\n]{1,60}>|\[[^[\]\n]{1,60}\]|_{3,60}|(?<!\p{L})(?:ФИО|[XХ]{2,9})(?!\p{L})/gu;

/** Gives the places of a text that are still to be filled. */
export const openPlaces = (text: string): readonly { readonly start: number; readonly end: number }[] =>
  Array.from(text.matchAll(OPEN_PLACE), ({ 0: place, index }) => ({
    start: index,
    end: index + place.length,
  }));
