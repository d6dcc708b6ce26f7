import { z } from 'zod';
import { ROLES } from '#shared/domain/actor.ts';

/** The six people of the demo region, by their logins, in the order they are offered. */
export const DEMO_LOGINS = [
  'operator',
  'operator2',
  'approver',
  'executor',
  'observer',
  'administrator',
] as const;

const demoLoginSchema = z.enum(DEMO_LOGINS);

/**
 * GET /api/v1/session/demo: whom this address lets in without a password. Nobody, but on the machine where
 * the demo region runs.
 */
export const demoPeopleResponseSchema = z.object({
  people: z.array(z.object({ login: demoLoginSchema, displayName: z.string(), role: z.enum(ROLES) })),
});
export type DemoPeopleResponse = z.infer<typeof demoPeopleResponseSchema>;
export type DemoPerson = DemoPeopleResponse['people'][number];

/** POST /api/v1/session/demo. `token` as in a login with a password. */
export const demoLoginRequestSchema = z.object({ login: demoLoginSchema, token: z.boolean().default(false) });
