import { z } from 'zod';

/** A picture inside the record, so that it prints without the network; the console makes it small before. */
const photo = z.object({
  data: z
    .string()
    .max(400_000)
    .regex(/^data:image\/(?:jpeg|png|webp);base64,[A-Za-z0-9+/=]+$/),
  caption: z.string().max(200),
});

/** A solved case a summary tells about («пример решённой проблемы»), in the words a person chose. */
export const exampleSchema = z.object({
  id: z.uuid(),
  incident: z.uuid(),
  /** `2022-01`: the month whose summaries show it. */
  month: z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/),
  /** What was asked and what was done, shortened by a person. */
  text: z.string().trim().min(1).max(2000),
  /** '' hides the author. */
  author: z.string().max(200),
  before: photo.nullable(),
  after: photo.nullable(),
  /** Ascending. */
  order: z.number(),
});
/** See {@link exampleSchema}. */
export type Example = Readonly<z.infer<typeof exampleSchema>>;
