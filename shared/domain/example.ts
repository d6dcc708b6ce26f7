import { z } from 'zod';
import { photoSchema, type Photo } from './photo.ts';

/** A solved case a summary tells about («пример решённой проблемы»), in the words a person chose. */
export const exampleSchema = z.object({
  id: z.uuid(),
  incident: z.uuid(),
  /** `2022-01`: the month whose summaries show it. */
  month: z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/),
  /** The question and what was done, shortened by a person. */
  text: z.string().trim().min(1).max(2000),
  /** '' hides the author. */
  author: z.string().max(200),
  before: photoSchema.nullable(),
  after: photoSchema.nullable(),
  /** Ascending. */
  order: z.number().min(-1e9).max(1e9),
});
/** See {@link exampleSchema}. */
export type Example = Readonly<z.infer<typeof exampleSchema>>;

/** The photos of example cases. */
export const photosOfExamples = (examples: readonly Pick<Example, 'before' | 'after'>[]): readonly Photo[] =>
  examples.flatMap(({ before, after }) => [before, after].filter((photo) => photo !== null));
