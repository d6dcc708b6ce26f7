import { z } from 'zod';
import { MAIL_STATES, MAILED_KINDS } from './notices.ts';

/** Networks whose bots can write to a person first: once the person has written to them. */
export const BOT_NETWORKS = ['max', 'telegram'] as const;
export type BotNetwork = (typeof BOT_NETWORKS)[number];

/** Signs of codes for the bot, each unlike the others on paper and aloud. */
export const BOT_CODE_SIGNS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A code that a person sends to the bot, `PULT-7KQM-2HXC-9RTD`: no resident writes just that. */
export const BOT_CODE = new RegExp(`^PULT(?:-[${BOT_CODE_SIGNS}]{4}){3}$`);

const kindsSchema = z.array(z.enum(MAILED_KINDS)).max(MAILED_KINDS.length);

/** A bot of the centre: that of a page in use. */
const botSchema = z.object({
  /** The page's. */
  id: z.uuid(),
  network: z.enum(BOT_NETWORKS),
  name: z.string().max(200),
});
export type NoticeBot = z.output<typeof botSchema>;

/** Bots of one centre that a person may choose from. */
export const MOST_BOTS = 100;
const botsSchema = z.array(botSchema).max(MOST_BOTS);

/** Why a bot writes to somebody no more: their word, or it is stopped in the messenger. */
export const BOT_ENDS = ['stopped', 'blocked'] as const;
export type BotEnd = (typeof BOT_ENDS)[number];

/** GET /api/v1/notices/bot: how a person is told by a bot. */
export const botChoiceSchema = z.object({
  /** The centre sends notices by its bots. */
  isOn: z.boolean(),
  /** An administrator's words on where the bots are found. */
  hint: z.string().max(300),
  bots: botsSchema,
  /** Whose chat it is, as its network calls them; null: none. */
  tied: z
    .object({
      network: z.enum(BOT_NETWORKS),
      name: z.string().max(200),
      called: z.string().max(200),
      at: z.int(),
    })
    .nullable(),
  ended: z.object({ why: z.enum(BOT_ENDS), at: z.int() }).nullable(),
  /** Until when the code that was made last is good; null: none is. */
  codeUntil: z.int().nullable(),
  off: kindsSchema,
});
export type BotChoice = z.output<typeof botChoiceSchema>;

/** PUT /api/v1/notices/bot: the kinds that the bot leaves out. */
export const ownBotKindsSchema = z.strictObject({ off: kindsSchema });

/** POST /api/v1/notices/bot/code: makes a code for a bot, and ends the one before it. */
export const botCodeRequestSchema = z.strictObject({ bot: z.uuid() });
export const botCodeSchema = z.object({ code: z.string().regex(BOT_CODE), until: z.int() });
export type BotCode = z.output<typeof botCodeSchema>;

/** PUT /api/v1/notices/bots: whether the centre's bots tell people, and where they are found. */
export const botSettingsSchema = z.strictObject({ isOn: z.boolean(), hint: z.string().trim().max(300) });
export type BotSettings = z.output<typeof botSettingsSchema>;

/** Problems that stood in a bot's way to a person. */
export const BOT_PROBLEMS = ['bot_off', 'blocked', 'trouble', 'busy', 'unclear'] as const;
export type BotProblem = (typeof BOT_PROBLEMS)[number];

/** Contents of a bot's message to a person: notices, or its word that it will tell them, or will no more. */
export const BOT_MESSAGE_KINDS = ['notices', 'linked', 'stopped'] as const;
export type BotMessageKind = (typeof BOT_MESSAGE_KINDS)[number];

const botMessageSchema = z.object({
  id: z.uuid(),
  account: z.string().max(200),
  kind: z.enum(BOT_MESSAGE_KINDS),
  state: z.enum(MAIL_STATES),
  changedAt: z.int(),
  notBefore: z.int(),
  problem: z.enum(BOT_PROBLEMS).nullable(),
});
export type BotMessage = z.output<typeof botMessageSchema>;

/** Messages of one answer. */
export const MOST_BOT_MESSAGES = 100;

/** GET /api/v1/notices/bots: what did not go out first, then the newest. */
export const botsViewSchema = z.object({
  /** Null while nobody has said how notices go out (the screen of mail). */
  settings: botSettingsSchema.nullable(),
  bots: botsSchema,
  /** People whom a bot tells. */
  tied: z.int(),
  messages: z.array(botMessageSchema).max(MOST_BOT_MESSAGES),
});
export type BotsView = z.output<typeof botsViewSchema>;
