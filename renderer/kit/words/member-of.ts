/** Narrows a value to one of the constants of a list; undefined when it is none of them. */
export const memberOf = <T>(members: readonly T[], value: unknown): T | undefined =>
  members.find((member) => member === value);
