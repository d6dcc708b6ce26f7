import { z } from 'zod';
import { ATTACHMENT_LIMITS, attachmentHashSchema } from '#shared/domain/attachment.ts';
import { API_ERROR_KINDS } from './errors.ts';

/** Text of one call: whole journal lines of a person's own typing. Far above what one action can be. */
const JOURNAL_BYTES = 4 * 1024 * 1024;

/** `pult:<region>:<account>`, as the local database is named; it becomes the name of a folder. */
export const profileSchema = z.string().regex(/^pult:[a-z0-9-]{1,40}:[0-9A-Za-z-]{1,60}$/);

/**
 * Findings at an address of the API. Each kind but `fine` has a sentence under `shell.address.<kind>`
 * in both languages.
 */
export const ADDRESS_VERDICTS = [
  'fine',
  'not_an_address',
  'no_route',
  'tls',
  'not_pult',
  'too_old',
  'too_new',
  'preset',
] as const;
export const addressVerdictSchema = z.object({
  kind: z.enum(ADDRESS_VERDICTS),
  /** The address as it will be used; empty when the text was none. */
  address: z.string(),
  /** The system's own words, for whoever looks after the network. */
  detail: z.string(),
});
export type AddressVerdict = z.infer<typeof addressVerdictSchema>;

/**
 * How the login is kept; where it is not, the reason why it is asked for at each start: no keychain, or one
 * whose password everybody knows (Electron, safeStorage).
 */
export const KEEPING = ['kept', 'unavailable', 'basic_text', 'unreadable'] as const;
export type Keeping = (typeof KEEPING)[number];

/**
 * How journals and waiting files lie on the disk: closed by a key of the keychain, open where there is none,
 * or partly closed by a key that is not here any more. Each has a sentence under `shell.sealing`.
 */
export const SEALING = ['sealed', 'open', 'unreadable'] as const;
export type Sealing = (typeof SEALING)[number];

/** State of the shell's own update. */
export const updateStateSchema = z.discriminatedUnion('kind', [
  /** No address is configured, so no update is ever looked for. */
  z.object({ kind: z.literal('off') }),
  z.object({ kind: z.literal('idle') }),
  z.object({ kind: z.literal('available'), version: z.string() }),
  z.object({ kind: z.literal('downloading'), version: z.string(), percent: z.number() }),
  z.object({ kind: z.literal('ready'), version: z.string() }),
  z.object({ kind: z.literal('failed'), message: z.string() }),
]);
export type UpdateState = z.infer<typeof updateStateSchema>;

const stageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), addresses: z.array(z.string()) }),
  z.object({ kind: z.literal('needs_address') }),
  /**
   * `newer`: the file is of a newer version of Pult; `damaged`: it cannot be read or says what it may not.
   */
  z.object({
    kind: z.literal('settings_unreadable'),
    path: z.string(),
    why: z.enum(['damaged', 'newer', 'forbidden']),
    detail: z.string(),
  }),
]);

/** Longest path of the systems that Pult runs on, in signs. */
const PATH_LENGTH = 4096;

/**
 * The preset of this workstation: addresses laid down for all of them by whoever looks after the machines.
 * `isUpdatesSet` tells that it names the address of updates too.
 */
export const presetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('read'), path: z.string().max(PATH_LENGTH), isUpdatesSet: z.boolean() }),
  z.object({ kind: z.literal('unreadable'), path: z.string().max(PATH_LENGTH), detail: z.string().max(500) }),
]);
export type Preset = z.infer<typeof presetSchema>;

/** Everything the console must know of the shell before it draws. */
export const shellStateSchema = z.object({
  stage: stageSchema,
  preset: presetSchema,
  appVersion: z.string(),
  keeping: z.enum(KEEPING),
  sealing: z.enum(SEALING),
  update: updateStateSchema,
  updateAddress: z.string(),
  isSqliteTried: z.boolean(),
  /** True when this window came back after its process died. */
  isAfterCrash: z.boolean(),
});
export type ShellState = z.infer<typeof shellStateSchema>;

/** `message` is the system's own words. */
const printedSchema = z.object({
  kind: z.enum(['done', 'cancelled', 'no_printer', 'failed']),
  message: z.string(),
});
export type Printed = z.infer<typeof printedSchema>;

/** Ends of a sign-in in the person's browser that are no refusal of the centre's. */
const unfinishedSchema = z.object({
  kind: z.enum(['cancelled', 'late', 'no_browser', 'foreign_door', 'open_door']),
});
const unreachableSchema = z.object({ kind: z.literal('unreachable') });
const signInRefusedSchema = z.object({
  kind: z.literal('refused'),
  error: z.enum(API_ERROR_KINDS),
  retryAfterSeconds: z.number().int().nullable(),
});
/** `mark`: see `shellStartedSchema`. */
const browserSignInBegunSchema = z.union([
  z.object({ kind: z.literal('begun'), mark: z.string().max(4) }),
  signInRefusedSchema,
  unreachableSchema,
  unfinishedSchema,
]);
export type BrowserSignInBegun = z.infer<typeof browserSignInBegunSchema>;
/** `in`: the session is in the main process, and there alone. */
const browserSignInEndSchema = z.union([
  z.object({ kind: z.literal('in') }),
  signInRefusedSchema,
  unreachableSchema,
  unfinishedSchema,
]);
export type BrowserSignInEnd = z.infer<typeof browserSignInEndSchema>;

const nothing = z.null();
/** Bytes of a waiting file in one call: the main process must not stand still over a whole one. */
export const WAITING_PART_BYTES = 1024 * 1024;
const offset = z.number().int().min(0).max(ATTACHMENT_LIMITS.bytes);
const waitingPart = z.custom<Uint8Array>(
  (value) => value instanceof Uint8Array && value.length <= WAITING_PART_BYTES,
);
const waiting = z.object({ profile: profileSchema, hash: attachmentHashSchema });
const journal = z.object({ profile: profileSchema, text: z.string().max(JOURNAL_BYTES) });
/** A screen of the console: a path from its root and nothing else. */
export const screenPathSchema = z
  .string()
  .max(300)
  .regex(/^\/(?![/\\])[\w\-/?=&%.]*$/);

/**
 * Every call a page may make, with the shapes of its request and its response. There is no other way
 * in.
 */
export const IPC_CHANNELS = {
  'shell.state': { request: nothing, response: shellStateSchema },
  'shell.checkAddress': { request: z.string().max(500), response: addressVerdictSchema },
  /** Checks the address once more and keeps it when it is fine. */
  'shell.useAddress': { request: z.string().max(500), response: addressVerdictSchema },
  /** Puts the unreadable file aside (it is never deleted) and begins with empty settings. */
  'shell.resetSettings': { request: nothing, response: z.string() },
  'shell.showSettings': { request: nothing, response: nothing },
  'shell.setUpdateAddress': { request: z.string().max(500), response: addressVerdictSchema },
  /** Takes effect at the next start. */
  'shell.trySqlite': { request: z.boolean(), response: nothing },
  /** Opens the person's browser at the centre's sign-in; the text is the region's code. */
  'signIn.begin': { request: z.string().max(100), response: browserSignInBegunSchema },
  /** Answers once the browser is through, or nobody waits for it any more. */
  'signIn.end': { request: nothing, response: browserSignInEndSchema },
  'signIn.cancel': { request: nothing, response: nothing },
  'journal.append': { request: journal, response: nothing },
  'journal.read': { request: profileSchema, response: z.array(z.string()) },
  'journal.replace': { request: journal, response: nothing },
  /** Files that wait for the centre, in parts; the last part makes the file be there. */
  'waiting.write': {
    request: waiting.extend({ offset, part: waitingPart, isLast: z.boolean() }),
    response: nothing,
  },
  'waiting.read': {
    request: waiting.extend({ offset, length: z.number().int().min(0).max(WAITING_PART_BYTES) }),
    response: waitingPart.nullable(),
  },
  'waiting.list': {
    request: profileSchema,
    response: z.array(z.object({ hash: attachmentHashSchema, size: z.number().int().min(0) })),
  },
  'waiting.remove': { request: waiting, response: nothing },
  /** Removes the journal and the waiting files of a person whom the workstation forgets. */
  'copy.remove': { request: profileSchema, response: nothing },
  'desktop.appearance': {
    request: z.object({ language: z.enum(['ru', 'en']), theme: z.enum(['auto', 'light', 'dark']) }),
    response: nothing,
  },
  /** Shows the number of deadlines that burn; 0 takes it away. */
  'desktop.badge': { request: z.number().int().min(0).max(100_000), response: nothing },
  'desktop.notify': {
    request: z.object({
      title: z.string().min(1).max(200),
      body: z.string().max(500),
      path: screenPathSchema.nullable(),
    }),
    response: z.boolean(),
  },
  'desktop.openExternal': { request: z.string().max(2000), response: z.boolean() },
  'desktop.print': { request: nothing, response: printedSchema },
  'desktop.savePdf': { request: z.object({ name: z.string().min(1).max(200) }), response: printedSchema },
  'update.check': { request: nothing, response: nothing },
  /** The person's consent, once to fetch and once to change over. */
  'update.download': { request: nothing, response: nothing },
  'update.install': { request: nothing, response: nothing },
} as const satisfies Record<string, { readonly request: z.ZodType; readonly response: z.ZodType }>;

export type IpcChannel = keyof typeof IPC_CHANNELS;
export type RequestOf<C extends IpcChannel> = z.infer<(typeof IPC_CHANNELS)[C]['request']>;
export type ResponseOf<C extends IpcChannel> = z.infer<(typeof IPC_CHANNELS)[C]['response']>;

/** Messages of the main process that no call asked for, on the one channel `shell.event`. */
export const shellEventSchema = z.discriminatedUnion('kind', [
  /** A deep link or a click on a notification: go to this screen. */
  z.object({ kind: z.literal('open'), path: screenPathSchema }),
  /** The workstation woke up: whatever was waited for is over. */
  z.object({ kind: z.literal('resumed') }),
  z.object({ kind: z.literal('update'), state: updateStateSchema }),
  z.object({ kind: z.literal('keeping'), keeping: z.enum(KEEPING) }),
  z.object({ kind: z.literal('sealing'), sealing: z.enum(SEALING) }),
]);
export type ShellEvent = z.infer<typeof shellEventSchema>;
/** The channel on which the main process sends events. */
export const EVENT_CHANNEL = 'shell.event';

/** Kinds of refusal of a call; each has a sentence under `shell.refused.<kind>` in both languages. */
export const IPC_REFUSALS = ['bad_sender', 'bad_request', 'disk_full', 'read_only', 'failed'] as const;
export type IpcRefusal = (typeof IPC_REFUSALS)[number];

/** Errors lose their fields on the way between processes, so answers are values. */
export type IpcReply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: { readonly kind: IpcRefusal; readonly message: string } };

/**
 * The preload script's gift to the page, `window.pultShell`: the channels by name and the events, nothing of
 * Electron.
 */
export type ShellBridge = {
  readonly call: { readonly [C in IpcChannel]: (request: RequestOf<C>) => Promise<IpcReply<ResponseOf<C>>> };
  /** Gives the function that ends the listening. */
  readonly onEvent: (listener: (event: ShellEvent) => void) => () => void;
};
