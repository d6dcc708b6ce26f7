import { CLASSIFY, idMaker, incidentAfter } from '../sync-fixtures.ts';

const NEW_IDS = idMaker(99);

/** The first incidents, the same in every region, so they are computed once. */
export const SEED = [0, 1, 2].map(() => incidentAfter(NEW_IDS(), [CLASSIFY]));
