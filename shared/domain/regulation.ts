import { z } from 'zod';
import { ROLES } from './actor.ts';
import { armsSchema } from './arms.ts';
import { DEMANDABLE_KINDS } from './reply-check/reply-warning.ts';
import { ratingRulesSchema } from './rating-rules.ts';

/** A year: whoever puts work off for longer means to forget it. */
const MOST_DAYS = 366;

/** Range of {@link Regulation.copyDays}, and what counts where nobody has said. */
export const COPY_DAYS = { least: 1, most: 365, usual: 30 } as const;

/** Range of {@link Regulation.approvalMinutes}, and what counts where nobody has said. */
export const APPROVAL_MINUTES = { least: 1, most: 600, usual: 10 } as const;

/** Range of {@link Regulation.claimMinutes}, and what counts where nobody has said: half a day of work. */
export const CLAIM_MINUTES = { least: 5, most: 1440, usual: 240 } as const;

/**
 * Range of {@link Regulation.silentHours}, and what counts where nobody has said: 96 hours, after which
 * «Инцидент Менеджмент» closes.
 */
export const SILENT_HOURS = { least: 0, most: 2160, usual: 96 } as const;

/** Answers to a person who approves a reply of their own. */
export const OWN_APPROVALS = ['allowed', 'refused'] as const;
export type OwnApproval = (typeof OWN_APPROVALS)[number];

/** Who signs a summary, as it is printed. */
const signatorySchema = z.object({
  /** «Руководитель Центра управления регионом». */
  post: z.string().min(1).max(200),
  name: z.string().min(1).max(200),
});

/**
 * The settings of a region's centre: the rules it works by, where centres differ, and how its summaries are
 * headed and signed. A reference row of the region (kind
 * `regulation`), so that consoles and the API decide by the same; a region without one works by the defaults.
 */
export const regulationSchema = z.object({
  /** Days after an incident was given to an agency until which the agency itself may put it off. */
  deferDays: z.number().int().min(1).max(MOST_DAYS).default(30),
  /** Allowed: it is marked in the history and counted in the month. */
  ownApproval: z.enum(OWN_APPROVALS).default('allowed'),
  /** Working minutes that a reply is to wait for its approval at most; shown to the approver. */
  approvalMinutes: z
    .number()
    .int()
    .min(APPROVAL_MINUTES.least)
    .max(APPROVAL_MINUTES.most)
    .default(APPROVAL_MINUTES.usual),
  /** Minutes after the last act of whoever has claimed an incident, after which others may act unasked. */
  claimMinutes: z
    .number()
    .int()
    .min(CLAIM_MINUTES.least)
    .max(CLAIM_MINUTES.most)
    .default(CLAIM_MINUTES.usual),
  /** Hours of an author's silence after the final reply that close an incident; 0: none closes by itself. */
  silentHours: z.number().int().min(SILENT_HOURS.least).max(SILENT_HOURS.most).default(SILENT_HOURS.usual),
  /** Kinds of the checker's warnings with which no reply goes to approval. */
  demanded: z.array(z.enum(DEMANDABLE_KINDS)).max(DEMANDABLE_KINDS.length).default([]),
  /** Days without work after which a workstation forgets a person, where nothing of theirs is unsent. */
  copyDays: z.number().int().min(COPY_DAYS.least).max(COPY_DAYS.most).default(COPY_DAYS.usual),
  /** Roles that come in by a second factor beside the password; others have one if they like. */
  secondFactor: z.array(z.enum(ROLES)).max(ROLES.length).default([]),
  /** The centre's name at the head of a summary; without one it is «Центр управления регионом». */
  header: z.string().min(1).max(300).optional(),
  signatory: signatorySchema.optional(),
  arms: armsSchema.optional(),
  /** Left out: the usual ones. */
  rating: ratingRulesSchema.optional(),
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

/** How a summary is headed and signed; an issued one keeps that of its day. */
export type Letterhead = Pick<Regulation, 'header' | 'signatory' | 'arms'>;

/** The head and the signature of a centre's summaries; undefined where it has said nothing of them. */
export function letterheadOf({ header, signatory, arms }: Letterhead): Letterhead | undefined {
  if (header === undefined && signatory === undefined && arms === undefined) return undefined;
  return {
    ...(header === undefined ? {} : { header }),
    ...(signatory === undefined ? {} : { signatory }),
    ...(arms === undefined ? {} : { arms }),
  };
}
