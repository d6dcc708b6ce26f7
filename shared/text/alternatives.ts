/** Joins words parted by spaces to the alternatives of a regular expression: `a b` to `a|b`. */
export const alternatives = (words: string): string => words.trim().split(/\s+/u).join('|');
