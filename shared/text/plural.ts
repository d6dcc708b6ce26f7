/** Forms of a Russian noun after a number: 1 час, 2 часа, 5 часов. */
export type RussianForms = readonly [one: string, few: string, many: string];

/** The form a whole number asks for; a fraction takes the second (2,5 часа). */
export function russianForm(count: number, forms: RussianForms): string {
  if (!Number.isInteger(count)) {
    return forms[1];
  }
  const tens = Math.abs(count) % 100;
  const units = tens % 10;
  if (tens >= 11 && tens <= 14) {
    return forms[2];
  }
  if (units === 1) {
    return forms[0];
  }
  return units >= 2 && units <= 4 ? forms[1] : forms[2];
}

/** Nouns counted in more than one place. */
export const RUSSIAN_NOUNS = {
  day: ['день', 'дня', 'дней'],
  hour: ['час', 'часа', 'часов'],
  minute: ['минута', 'минуты', 'минут'],
  message: ['сообщение', 'сообщения', 'сообщений'],
  incident: ['инцидент', 'инцидента', 'инцидентов'],
} as const satisfies Record<string, RussianForms>;
