import { z } from 'zod';
import { regulationSchema } from '#shared/domain/regulation.ts';

const { deferDays, ownApproval, copyDays, secondFactor } = regulationSchema.shape;

/** PUT /api/v1/regulation: the rules that are to be others. What is left out stays. */
export const regulationChangeSchema = z.strictObject({
  deferDays: deferDays.unwrap().optional(),
  ownApproval: ownApproval.unwrap().optional(),
  copyDays: copyDays.unwrap().optional(),
  secondFactor: secondFactor.unwrap().optional(),
});
export type RegulationChange = z.infer<typeof regulationChangeSchema>;
