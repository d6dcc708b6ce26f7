/**
 * Names under which an incident keeps what a file said of the known columns (kept-cells.ts): `#H` a value,
 * `@AI` mentions, `~R` a form, `~=header` the form of an unknown column. No unknown column may be called so.
 * PostgreSQL reads the same pattern.
 */
export const RESERVED_NAME = '^([#@~][A-Z]{1,2}$|~=)';

const RESERVED = new RegExp(RESERVED_NAME);

/** Tells whether a name in the kept cells is not that of an unknown column. */
export const isReservedName = (name: string): boolean => RESERVED.test(name);
