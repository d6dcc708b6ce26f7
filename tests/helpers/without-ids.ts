const UUID = /[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}/g;
const ISO_MOMENT = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z/g;
/** Milliseconds of this century's first decades; no telephone has thirteen digits. */
const MS_MOMENT = /(?<!\d)1\d{12}(?!\d)/g;

/**
 * A body without ids and moments, whose digits are by chance those of a telephone that is looked for in the
 * rest.
 */
export const withoutIds = (body: string): string =>
  body.replaceAll(UUID, '').replaceAll(ISO_MOMENT, '').replaceAll(MS_MOMENT, '');
