import { z } from 'zod';
import { ROLES } from './actor.ts';

/** A year: whoever puts work off for longer means to forget it. */
const MOST_DAYS = 366;

/** Range of {@link Regulation.copyDays}, and what counts where nobody has said. */
export const COPY_DAYS = { least: 1, most: 365, usual: 30 } as const;

/** Answers to a person who approves a reply of their own. */
export const OWN_APPROVALS = ['allowed', 'refused'] as const;
export type OwnApproval = (typeof OWN_APPROVALS)[number];

/**
 * The rules a region's centre works by, where centres differ. A reference row of the region (kind
 * `regulation`), so that consoles and the API decide by the same; a region without one works by the defaults.
 */
export const regulationSchema = z.object({
  /** Days after an incident was given to an agency until which the agency itself may put it off. */
  deferDays: z.number().int().min(1).max(MOST_DAYS).default(30),
  /** Allowed: it is marked in the history and counted in the month. */
  ownApproval: z.enum(OWN_APPROVALS).default('allowed'),
  /** Days without work after which a workstation forgets a person, where nothing of theirs is unsent. */
  copyDays: z.number().int().min(COPY_DAYS.least).max(COPY_DAYS.most).default(COPY_DAYS.usual),
  /** Roles that come in by a second factor beside the password; others have one if they like. */
  secondFactor: z.array(z.enum(ROLES)).max(ROLES.length).default([]),
});
/** See {@link regulationSchema}. */
export type Regulation = Readonly<z.infer<typeof regulationSchema>>;

/** Id of the one row of its kind. */
export const REGULATION_ID = 'centre';

/** The rules of a region that has set none. */
export const DEFAULT_REGULATION: Regulation = regulationSchema.parse({});

/** Reads the region's rules off their row, the defaults where there is none or it cannot be read. */
export const regulationOf = (row: unknown): Regulation =>
  regulationSchema.safeParse(row).data ?? DEFAULT_REGULATION;
