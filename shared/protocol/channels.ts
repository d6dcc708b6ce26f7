import { z } from 'zod';

/** Networks that have a connector. */
export const CHANNEL_NETWORKS = ['vk', 'max', 'ok', 'telegram'] as const;
export type ChannelNetwork = (typeof CHANNEL_NETWORKS)[number];

/**
 * Ways a page's events come: the network calls us, or has to be asked, as in a closed network nobody can
 * call.
 */
export const RECEPTIONS = ['callback', 'poll'] as const;
export type Reception = (typeof RECEPTIONS)[number];

const line = z.string().trim().min(1).max(200);

/**
 * Kinds of messages an administrator chooses among. A suggested post is a resident's that the page has not
 * shown yet.
 */
export const MESSAGE_CHOICES = ['comment', 'post', 'suggested', 'direct'] as const;
export type MessageChoice = (typeof MESSAGE_CHOICES)[number];

/** Three days: over a weekend a talk goes on, after a week it is about something else. */
export const TOGETHER_HOURS = 72;
/**
 * For so many hours after the last word of a talk, his or ours, what its author writes at the same place is
 * the same case. 0: each message is one. Apart from the rules, which older consoles read strictly; one that
 * does not name it leaves it as it is.
 */
const togetherHours = z.int().min(0).max(8760).optional();

/**
 * Rules by which messages of a page go to the log instead of the queue. Nothing is thrown away: the log names
 * the rule.
 */
export const channelRulesSchema = z.strictObject({
  /** Words, in any form, that keep a message out of the queue. */
  stop: z.array(line).max(200).default([]),
  /** Addresses of authors whose messages stay out of it. */
  ignore: z.array(line).max(500).default([]),
  /** Kinds that stay out of it. */
  off: z.array(z.enum(MESSAGE_CHOICES)).max(MESSAGE_CHOICES.length).default([]),
});
export type ChannelRules = Readonly<z.output<typeof channelRulesSchema>>;

/** Fields of every official page. Tokens and secrets go in and never come out again. */
const page = z.strictObject({
  name: line,
  baseUrl: z.url({ protocol: /^https?$/ }).max(500),
  /** PEM of a private root, for this page's calls alone. */
  certificate: z.string().max(20_000).nullable().default(null),
  agency: line.nullable().default(null),
  /** Answers and receives. */
  token: line.max(1000),
  /** Said by the network with each call, so that we know it. VK allows 50 characters. */
  secret: z
    .string()
    .min(8)
    .max(50)
    .regex(/^[\w-]+$/),
  reception: z.enum(RECEPTIONS).default('callback'),
  /** Words of which a message must hold one to enter the queue; none: every message does. */
  watch: z.array(line).max(200).default([]),
  rules: channelRulesSchema.prefault({}),
  togetherHours,
});

/** A page of each network, as an administrator adds it. */
const NEW_CHANNEL = {
  vk: page
    .extend({
      network: z.literal('vk'),
      /** The community's number, without a minus. */
      pageId: z.string().regex(/^[1-9]\d{0,18}$/),
      /** Of a user or a service: VK gives comments for catching up to no other. */
      readToken: line.max(1000).nullable().default(null),
      /** The string VK wants to hear before it calls; nobody calls a page that is asked. */
      confirmation: z.string().trim().max(100).default(''),
    })
    .refine(({ reception, confirmation }) => reception === 'poll' || confirmation !== '', {
      path: ['confirmation'],
      // Also beside other mistakes: a form says all of them at once.
      when: ({ value }) => value !== null && typeof value === 'object',
    }),
  max: page.extend({
    network: z.literal('max'),
    /** The channel's chat_id, negative as a rule. */
    pageId: z.string().regex(/^-?[1-9]\d{0,18}$/),
  }),
  ok: page.extend({
    network: z.literal('ok'),
    /** The group's number. */
    pageId: z.string().regex(/^[1-9]\d{0,18}$/),
    /**
     * The group's token reads chats alone; topics and their comments take a person's token and the keys of an
     * application.
     */
    readToken: line.max(1000).nullable().default(null),
    applicationKey: line.nullable().default(null),
    applicationSecret: line.nullable().default(null),
  }),
  telegram: page.extend({
    network: z.literal('telegram'),
    /** The channel or group: its chat id, or its name with or without an @. */
    pageId: z
      .string()
      .regex(/^(?:-?[1-9]\d{0,18}|@?[A-Za-z]\w{3,31})$/)
      .transform((name) => (/^[A-Za-z]/.test(name) ? `@${name}` : name)),
    /** It becomes a part of an address. */
    token: z
      .string()
      .trim()
      .regex(/^\d{3,20}:[\w-]{10,200}$/),
  }),
} as const satisfies Record<ChannelNetwork, z.ZodType>;

export const newChannelSchema = z.discriminatedUnion('network', [
  NEW_CHANNEL.vk,
  NEW_CHANNEL.max,
  NEW_CHANNEL.ok,
  NEW_CHANNEL.telegram,
]);

export type NewChannel = z.output<typeof newChannelSchema>;

/**
 * Settings that an administrator may change of a page later; the page itself stays the same. A secret that is
 * null, or that its network has no use for, stays as it was.
 */
export const channelSettingsSchema = z.strictObject({
  name: page.shape.name,
  baseUrl: page.shape.baseUrl,
  certificate: z.string().max(20_000).nullable(),
  agency: line.nullable(),
  reception: z.enum(RECEPTIONS),
  watch: z.array(line).max(200),
  rules: channelRulesSchema,
  togetherHours,
  token: page.shape.token.nullable(),
  readToken: line.max(1000).nullable(),
  applicationKey: line.max(1000).nullable(),
  applicationSecret: line.max(1000).nullable(),
  secret: page.shape.secret.nullable(),
  confirmation: z.string().trim().min(1).max(100).nullable(),
});
export type ChannelSettings = z.output<typeof channelSettingsSchema>;

/**
 * `paused`: takes in and sends nothing until it is resumed; what comes meanwhile waits. `archived`: out of
 * use for good, and out of sight.
 */
export const CHANNEL_STATES = ['active', 'paused', 'archived'] as const;
export type ChannelState = (typeof CHANNEL_STATES)[number];

/** Troubles of a page, by name; the console has a sentence for each. */
export const CHANNEL_PROBLEMS = [
  'token_dead',
  'no_rights',
  'captcha',
  'limit_reached',
  'unreachable',
  'no_read_token',
  'no_callback',
  'callback_failing',
  'wrong_confirmation',
  'old_version',
  'events_off',
  'not_admin',
  'rights_missing',
  'comments_off',
  'no_such_page',
  'other_subscriptions',
  'polling_blocked',
  'callback_address',
  'unknown_root',
  'webhook_elsewhere',
  'asked_elsewhere',
  'bot_removed',
  'group_privacy',
  'keys_wrong',
] as const;

export const channelProblemSchema = z.object({ kind: z.enum(CHANNEL_PROBLEMS), detail: z.string() });
export type ChannelProblem = z.infer<typeof channelProblemSchema>;

/** A page and how it fares. Instants in epoch milliseconds. */
export const channelSchema = z.object({
  id: z.uuid(),
  network: z.string(),
  name: z.string(),
  pageId: z.string(),
  agency: z.string().nullable(),
  baseUrl: z.string(),
  certificate: z.string().nullable(),
  watch: z.array(z.string()),
  rules: channelRulesSchema,
  togetherHours: z.int().default(TOGETHER_HOURS),
  state: z.enum(CHANNEL_STATES),
  reception: z.enum(RECEPTIONS),
  lastEventAt: z.int().nullable(),
  caughtUpAt: z.int().nullable(),
  recovered: z.int(),
  trouble: channelProblemSchema.nullable(),
  /** Path of the address that the network calls. */
  callback: z.string(),
});

/** The part of a page's health that follows from its events and replies. */
export const channelHealthSchema = z.object({
  /** From the writing of its newest message to its arrival; catching up does not count. */
  delayMs: z.int().nullable(),
  /** Its last event, when it has been silent unusually long for its own rhythm. */
  silentSince: z.int().nullable(),
  /** The network lets replies of the page wait until then. */
  limitUntil: z.int().nullable(),
  /** Replies that wait for a person. */
  needsYou: z.int(),
  /** Events that no connector could read: somebody may have said something in them. */
  unread: z.int().default(0),
});
export type ChannelHealth = z.output<typeof channelHealthSchema>;

/** A page with its health, as consoles read it. */
export const listedChannelSchema = channelSchema.extend({ health: channelHealthSchema });

/** Something that came and did not enter the queue, with the reason. */
export const loggedEventSchema = z.object({
  channel: z.uuid(),
  key: z.string(),
  kind: z.string(),
  receivedAt: z.int(),
  state: z.enum(['new', 'done', 'logged', 'unknown', 'failed']),
  reason: z.string().nullable(),
  /**
   * The beginning of a resident's message and who wrote it, as far as they can be found; null where the event
   * holds none.
   */
  message: z.object({ author: z.string(), text: z.string() }).nullable(),
});

/** All that can be found in an event that could not be read, to be registered by hand. */
export const eventWordsSchema = z.object({ author: z.string(), text: z.string(), at: z.int() });
export type EventWords = z.output<typeof eventWordsSchema>;

export const REPLY_SEND_STATES = [
  'queued',
  'sending',
  'waiting',
  'sent',
  'possibly_sent',
  'needs_you',
  'cancelled',
] as const;
export type ReplySendState = (typeof REPLY_SEND_STATES)[number];

/** How far a reply has come on its way to one author. */
export const replySendSchema = z.object({
  id: z.uuid(),
  incident: z.uuid(),
  /** The incident whose author it goes to: the same one, or one merged into it. */
  origin: z.uuid(),
  reply: z.int(),
  network: z.string(),
  /** Name of the page it goes out from. */
  page: z.string(),
  author: z.string(),
  state: z.enum(REPLY_SEND_STATES),
  /** Not sent before this moment: an undo, or a limit of the network. */
  notBefore: z.int(),
  problem: z.string().nullable(),
  link: z.string().nullable(),
});

/**
 * A person's word on a reply that Pult cannot end alone: it is out (and where), or it is to be sent again.
 */
export const settleReplySchema = z.discriminatedUnion('as', [
  z.strictObject({
    as: z.literal('sent'),
    link: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(2000)]),
  }),
  z.strictObject({ as: z.literal('retry') }),
]);
export type SettleReply = z.output<typeof settleReplySchema>;
