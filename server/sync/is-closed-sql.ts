import { CLOSED_STEPS } from '#shared/domain/step.ts';

/** SQL condition of a closed incident, word for word as in the indexes of migration 005. */
export const IS_CLOSED_SQL = `step in (${[...CLOSED_STEPS].map((step) => `'${step}'`).join(', ')})`;
