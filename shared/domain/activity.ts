import { z } from 'zod';
import { referenceName } from './bounds.ts';

/** Kinds of «мероприятие»: seminar, public hearing, live broadcast, meeting. */
export const ACTIVITY_KINDS = ['seminar', 'hearing', 'broadcast', 'meeting', 'other'] as const;

/**
 * Something held with people in a room or on air: a seminar with municipalities, a hearing in the
 * legislature, a broadcast («мероприятие»).
 */
export const activitySchema = z.object({
  id: z.uuid(),
  kind: z.enum(ACTIVITY_KINDS),
  title: z.string().trim().min(1).max(300),
  /** Local day. */
  date: z.iso.date(),
  place: z.string().max(300),
  /** People invited and people who came, by agency. */
  agencies: z
    .array(
      z.object({
        agency: z.string().min(1).max(100),
        invited: z.number().int().min(0).max(100_000),
        attended: z.number().int().min(0).max(100_000),
      }),
    )
    .max(500),
  /** Listeners or viewers, as far as somebody counted them. */
  audience: z.number().int().min(0).max(2_147_483_647).nullable(),
  topics: z.array(z.object({ group: referenceName.min(1), topic: referenceName })).max(50),
  summary: z.string().max(4000),
  materials: z.array(z.object({ title: z.string().max(300), url: z.string().max(2000) })).max(50),
});
/** See {@link activitySchema}. */
export type Activity = Readonly<z.infer<typeof activitySchema>>;
