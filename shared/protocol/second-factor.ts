import { z } from 'zod';

/** A code of an application, or a spare one, as it is typed. */
export const factorCodeSchema = z.string().trim().min(1).max(40);
const password = z.string().min(1).max(500);

/** GET /api/v1/session/second-factor. */
export const ownFactorSchema = z.object({
  isOn: z.boolean(),
  /** The region demands one of this role: it is not taken off. */
  isDemanded: z.boolean(),
  /** Spare codes that were not used yet. */
  spares: z.int(),
});
export type OwnFactor = z.infer<typeof ownFactorSchema>;

/**
 * POST …/begin. `password`: one's own once more, unless the session opens nothing but this; `code`: of the
 * factor that another is to take the place of.
 */
export const factorBeginSchema = z.strictObject({
  password: password.optional(),
  code: factorCodeSchema.optional(),
});
/** The secret for an application, given this once: to type in, and as the address of a QR code. */
export const factorBegunSchema = z.object({ secret: z.string().max(64), address: z.string().max(4000) });
export type FactorBegun = z.infer<typeof factorBegunSchema>;

/** POST …/confirm: a code shows that the application has the secret. */
export const factorConfirmSchema = z.strictObject({ code: factorCodeSchema });
/** Spare codes, given this once. */
export const sparesSchema = z.object({ spares: z.array(z.string().max(40)).max(20) });
export type Spares = z.infer<typeof sparesSchema>;

/** POST …/spares, POST …/remove. */
export const factorActSchema = z.strictObject({ password, code: factorCodeSchema });
export type FactorAct = z.infer<typeof factorActSchema>;
