import { z } from 'zod';

/** GET /api/v1/about, open to everybody. */
export const aboutSchema = z.object({
  app: z.literal('pult'),
  /** Versions of the sync protocol the API speaks. */
  protocols: z.array(z.number().int()).min(1),
});
