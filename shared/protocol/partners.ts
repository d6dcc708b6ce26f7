import { z } from 'zod';

/** Events a partner may be told of by webhook: a new request, its next step, its answer. */
export const WEBHOOK_EVENTS = ['new', 'step', 'answered'] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** The requests a partner may read: those it handed in, or all public ones of the region. */
export const PARTNER_READS = ['own', 'all'] as const;

export const DELIVERY_STATES = ['queued', 'sending', 'waiting', 'sent', 'dead'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

const webhookSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).max(1000),
  events: z.array(z.enum(WEBHOOK_EVENTS)).min(1).max(WEBHOOK_EVENTS.length),
});

/** A partner as an administrator adds or changes it. No webhook: it asks by itself. */
export const partnerDraftSchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  reads: z.enum(PARTNER_READS),
  webhook: webhookSchema.nullable(),
});
export type PartnerDraft = z.output<typeof partnerDraftSchema>;

/** A partner as the console shows it; its key is known by its last letters alone. */
export const partnerSchema = z.object({
  id: z.uuid(),
  ...partnerDraftSchema.shape,
  keyHint: z.string(),
  createdAt: z.int(),
  revokedAt: z.int().nullable(),
  seenAt: z.int().nullable(),
  /** Requests it has handed in. */
  requests: z.int(),
  /** Messages to it that will not be tried again by themselves. */
  dead: z.int(),
});

export const partnersSchema = z.object({
  partners: z.array(partnerSchema),
  /** True when anybody may read the public requests of the region without a key. */
  openReading: z.boolean(),
  /** Path of the address that partners are given. */
  endpoint: z.string(),
});

/** Shown once: the key to hand in and read with, the secret that messages to the partner are signed with. */
export const partnerKeysSchema = z.object({ id: z.uuid(), key: z.string(), secret: z.string() });

/** One message to a partner. `problem`: `http:500`, `unreachable`, or why its address is not called. */
export const deliverySchema = z.object({
  id: z.uuid(),
  incident: z.uuid(),
  event: z.enum(WEBHOOK_EVENTS),
  at: z.int(),
  state: z.enum(DELIVERY_STATES),
  attempts: z.int(),
  notBefore: z.int(),
  changedAt: z.int(),
  problem: z.string().nullable(),
});
