/**
 * Takes out of a text what PostgreSQL's text and JSON cannot hold: zero characters, and halves of surrogate
 * pairs (each becomes U+FFFD).
 */
export const cleanText = (text: string): string => text.replaceAll('\u0000', '').toWellFormed();
