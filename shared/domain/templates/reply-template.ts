import { z } from 'zod';
import { referenceName, validity } from '#shared/domain/bounds.ts';
import { NETWORKS, OUTCOMES } from '#shared/domain/incident.ts';
import { isDayOfYear } from './season.ts';

/** Letters of a template: fewer than the narrowest network takes. */
export const TEMPLATE_LENGTH = 3000;

/** `12-01`: a day of any year, month first, so that days compare as text. */
const dayOfYear = z.string().max(5).refine(isDayOfYear, { message: 'no such day' });

/**
 * A reply to begin with. A condition that is `null` fits everything, and all of the others must hold. Its
 * text may name variables in braces, which are filled from the incident that is answered.
 */
export const replyTemplateSchema = z.object({
  id: referenceName.min(1),
  name: referenceName.min(1),
  text: z.string().trim().min(1).max(TEMPLATE_LENGTH),
  group: referenceName.nullable(),
  topic: referenceName.nullable(),
  outcome: z.enum(OUTCOMES).nullable(),
  network: z.enum(NETWORKS).nullable(),
  /** First and last day, both inside; it may go over the end of the year. */
  season: z.object({ from: dayOfYear, to: dayOfYear }).nullable(),
  validFrom: validity.nullable().default(null),
  validTo: validity.nullable().default(null),
});
/** See {@link replyTemplateSchema}. */
export type ReplyTemplate = Readonly<z.infer<typeof replyTemplateSchema>>;
