import { z } from 'zod';
import type { Role } from '#shared/domain/actor.ts';

/** States of a person at an incident's card; `gone` when it is left. */
export const PRESENCES = ['reading', 'writing', 'gone'] as const;
export type PresenceState = (typeof PRESENCES)[number];

/** How often a console says that its person is still at a card, ms. */
export const BEAT_MS = 5000;

/** Ms after the last word of it that a person is taken to have left: two words may be lost. */
export const PRESENCE_MS = 3 * BEAT_MS;

/** Number of people told of at one card; whoever comes later is not counted. */
export const MOST_AT_CARD = 20;

/** Who is told of and tells: those who act on incidents. An observer only reads, and disturbs nobody. */
export const PRESENT_ROLES: readonly Role[] = ['operator', 'approver', 'executor', 'administrator'];

/** POST /api/v1/presence: every {@link BEAT_MS} while a card is open. Never stored. */
export const presenceRequestSchema = z.strictObject({ incident: z.uuid(), state: z.enum(PRESENCES) });

const otherSchema = z.object({ account: z.string().min(1).max(60), isWriting: z.boolean() });

/** Somebody else at the same card. */
export type OtherAtCard = Readonly<z.infer<typeof otherSchema>>;

/** The answer: everybody else who is there, in the order of their coming. */
export const presenceSchema = z.object({ others: z.array(otherSchema).max(MOST_AT_CARD) });
