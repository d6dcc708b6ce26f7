import {
  CHANNEL_NETWORKS,
  channelSettingsSchema,
  MESSAGE_CHOICES,
  newChannelSchema,
  TOGETHER_HOURS,
  type ChannelNetwork,
  type ChannelSettings,
  type MessageChoice,
  type NewChannel,
} from '#shared/protocol/channels.ts';
import type { ListedPage } from '#renderer/kit/api/channels-api.ts';
import { readForm, type FormReading } from '#renderer/kit/forms/read-form.ts';
import { memberOf } from '#renderer/kit/words/member-of.ts';

/** The form of a page as typed. */
export interface PageDraft {
  readonly network: ChannelNetwork;
  /** `callback` or `poll`. */
  readonly reception: string;
  readonly name: string;
  readonly baseUrl: string;
  readonly certificate: string;
  readonly pageId: string;
  readonly agency: string;
  readonly token: string;
  readonly readToken: string;
  readonly applicationKey: string;
  readonly applicationSecret: string;
  readonly secret: string;
  readonly confirmation: string;
  /** Words between commas or on lines of their own. */
  readonly watch: string;
  readonly stop: string;
  /** Addresses of authors, the same. */
  readonly ignore: string;
  /** Hours within which an author's words at one place are one case. */
  readonly togetherHours: string;
  /** Kinds that enter the queue. */
  readonly kinds: readonly MessageChoice[];
}

/** Fields with a text, typed or chosen from a list. */
export type TextField = Exclude<keyof PageDraft, 'kinds'>;

/** Makes a secret, so that nobody has to invent one: 24 letters and digits, VK allows 50 characters. */
const newSecret = (): string => crypto.randomUUID().replaceAll('-', '').slice(0, 24);

/** Fields that the form asks for in each network besides those of every page, and their first values. */
export const NETWORK_FORM: Readonly<
  Record<
    ChannelNetwork,
    {
      readonly baseUrl: string;
      readonly receptions: readonly string[];
      readonly fields: readonly TextField[];
      /** Those of the fields that only callbacks need. */
      readonly calledFields?: readonly TextField[];
    }
  >
> = {
  vk: {
    baseUrl: 'https://api.vk.com',
    receptions: ['callback', 'poll'],
    fields: ['token', 'readToken', 'secret', 'confirmation'],
    calledFields: ['secret', 'confirmation'],
  },
  max: {
    baseUrl: 'https://platform-api2.max.ru',
    receptions: ['callback', 'poll'],
    fields: ['token', 'secret'],
  },
  ok: {
    baseUrl: 'https://api.ok.ru',
    receptions: ['callback', 'poll'],
    fields: ['token', 'readToken', 'applicationKey', 'applicationSecret', 'secret'],
  },
  telegram: {
    baseUrl: 'https://api.telegram.org',
    receptions: ['poll', 'callback'],
    fields: ['token', 'secret'],
  },
};

/** Fields that may stay empty. */
const OPTIONAL: readonly TextField[] = ['readToken', 'applicationKey', 'applicationSecret'];

/** Fields asked for in this network and way of reception besides those of every page. */
export function ownFields({ network, reception }: PageDraft): readonly TextField[] {
  const { fields, calledFields = [] } = NETWORK_FORM[network];
  return reception === 'callback' ? fields : fields.filter((name) => !calledFields.includes(name));
}

/** A form not filled in, with what is the same for every page of its network. */
export const emptyDraft = (network: ChannelNetwork = 'vk'): PageDraft => ({
  network,
  reception: NETWORK_FORM[network].receptions[0] ?? 'callback',
  name: '',
  baseUrl: NETWORK_FORM[network].baseUrl,
  certificate: '',
  pageId: '',
  agency: '',
  token: '',
  readToken: '',
  applicationKey: '',
  applicationSecret: '',
  secret: newSecret(),
  confirmation: '',
  watch: '',
  stop: '',
  ignore: '',
  togetherHours: String(TOGETHER_HOURS),
  kinds: MESSAGE_CHOICES,
});

/** The form after another network was chosen: what is the same in every network stays. */
export function draftInNetwork(draft: PageDraft, network: ChannelNetwork): PageDraft {
  const { name, agency, watch, stop, ignore, togetherHours, kinds } = draft;
  return { ...emptyDraft(network), name, agency, watch, stop, ignore, togetherHours, kinds };
}

/**
 * The form of a page that is there; null when this version has none for its network. Secrets never come back,
 * so their fields begin empty and mean «as it was».
 */
export function pageDraftOf(page: ListedPage): PageDraft | null {
  const network = memberOf(CHANNEL_NETWORKS, page.network);
  if (network === undefined) return null;
  return {
    ...emptyDraft(network),
    reception: page.reception,
    name: page.name,
    baseUrl: page.baseUrl,
    certificate: page.certificate ?? '',
    pageId: page.pageId,
    agency: page.agency ?? '',
    secret: '',
    watch: page.watch.join(', '),
    stop: page.rules.stop.join(', '),
    ignore: page.rules.ignore.join('\n'),
    togetherHours: String(page.togetherHours),
    kinds: MESSAGE_CHOICES.filter((kind) => !page.rules.off.includes(kind)),
  };
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/**
 * Prefixes that may be pasted with a page's number: VK writes club123, public123 or a minus, the others give
 * an address.
 */
const BEFORE_NUMBER: Readonly<Record<ChannelNetwork, RegExp>> = {
  vk: /^(?:club|public|-)/,
  max: /^(?:https?:\/\/)?(?:web\.)?max\.ru\//,
  ok: /^(?:https?:\/\/)?(?:m\.)?ok\.ru\/group\//,
  telegram: /^(?:https?:\/\/)?t\.me\//,
};
const pageIdOf = ({ network, pageId }: PageDraft): string =>
  pageId.trim().replace(BEFORE_NUMBER[network], '');

const linesOf = (text: string): string[] =>
  text
    .split(/[,\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');

/** Rules are one object for the API, several fields for a person. */
const fieldOf = ([first, second]: readonly PropertyKey[]) => (first === 'rules' ? second : first);

const settingsOf = (draft: PageDraft) => ({
  name: draft.name,
  reception: draft.reception,
  baseUrl: draft.baseUrl.trim(),
  certificate: orNull(draft.certificate),
  agency: orNull(draft.agency),
  watch: linesOf(draft.watch),
  // Nothing typed is no number of hours, and says so.
  togetherHours: draft.togetherHours.trim() === '' ? Number.NaN : Number(draft.togetherHours),
  rules: {
    stop: linesOf(draft.stop),
    ignore: linesOf(draft.ignore),
    off: MESSAGE_CHOICES.filter((kind) => !draft.kinds.includes(kind)),
  },
});

/** Reads a form as a new page. */
export function readNew(draft: PageDraft): FormReading<NewChannel> {
  const own = Object.fromEntries(
    NETWORK_FORM[draft.network].fields.map((field) => [
      field,
      OPTIONAL.includes(field) ? orNull(draft[field]) : draft[field],
    ]),
  );
  const page = { ...settingsOf(draft), network: draft.network, pageId: pageIdOf(draft), ...own };
  return readForm(newChannelSchema, page, fieldOf);
}

/** Reads the new settings of an existing page. */
export function readSettings(draft: PageDraft): FormReading<ChannelSettings> {
  const secrets = {
    token: orNull(draft.token),
    readToken: orNull(draft.readToken),
    applicationKey: orNull(draft.applicationKey),
    applicationSecret: orNull(draft.applicationSecret),
    secret: orNull(draft.secret),
    confirmation: orNull(draft.confirmation),
  };
  return readForm(channelSettingsSchema, { ...settingsOf(draft), ...secrets }, fieldOf);
}
