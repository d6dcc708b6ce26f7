import { newChannelSchema, type ChannelNetwork, type NewChannel } from '#shared/protocol/channels.ts';

/** The form of a new page as typed. */
export interface Draft {
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
  /** Words between commas. */
  readonly watch: string;
}

/** Nobody should have to invent a secret: 24 letters and digits, VK allows 50 characters. */
const newSecret = (): string => crypto.randomUUID().replaceAll('-', '').slice(0, 24);

/** What the form asks of a page besides what every page has, and what it begins with. */
export const NETWORK_FORM: Readonly<
  Record<
    ChannelNetwork,
    {
      readonly baseUrl: string;
      readonly receptions: readonly string[];
      readonly fields: readonly (keyof Draft)[];
    }
  >
> = {
  vk: {
    baseUrl: 'https://api.vk.com',
    receptions: ['callback'],
    fields: ['token', 'readToken', 'secret', 'confirmation'],
  },
  max: {
    baseUrl: 'https://platform-api2.max.ru',
    receptions: ['callback', 'poll'],
    fields: ['token', 'secret'],
  },
  ok: {
    baseUrl: 'https://api.ok.ru',
    receptions: ['callback'],
    fields: ['token', 'readToken', 'applicationKey', 'applicationSecret', 'secret'],
  },
  telegram: {
    baseUrl: 'https://api.telegram.org',
    receptions: ['poll', 'callback'],
    fields: ['token', 'secret'],
  },
};

/** Fields that may stay empty. */
const OPTIONAL: readonly (keyof Draft)[] = ['readToken', 'applicationKey', 'applicationSecret'];

/** A form not filled in, with what is the same for every page of its network. */
export const emptyDraft = (network: ChannelNetwork = 'vk'): Draft => ({
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
});

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** What a person may paste before a page's number: VK writes club123, public123 or a minus, the others give an address. */
const BEFORE_NUMBER: Readonly<Record<ChannelNetwork, RegExp>> = {
  vk: /^(?:club|public|-)/,
  max: /^(?:https?:\/\/)?(?:web\.)?max\.ru\//,
  ok: /^(?:https?:\/\/)?(?:m\.)?ok\.ru\/group\//,
  telegram: /^(?:https?:\/\/)?t\.me\//,
};
const pageIdOf = ({ network, pageId }: Draft): string => pageId.trim().replace(BEFORE_NUMBER[network], '');

/** The page that was typed, by the API's own rules, or the names of the fields that break them. */
export function readDraft(draft: Draft): {
  readonly page: NewChannel | null;
  readonly wrong: readonly string[];
} {
  const { network, name, reception } = draft;
  const own = Object.fromEntries(
    NETWORK_FORM[network].fields.map((field) => [
      field,
      OPTIONAL.includes(field) ? orNull(draft[field]) : draft[field],
    ]),
  );
  const read = newChannelSchema.safeParse({
    network,
    name,
    reception,
    ...own,
    baseUrl: draft.baseUrl.trim(),
    pageId: pageIdOf(draft),
    certificate: orNull(draft.certificate),
    agency: orNull(draft.agency),
    watch: draft.watch
      .split(/[,\n]/)
      .map((word) => word.trim())
      .filter((word) => word !== ''),
  });
  if (read.success) return { page: read.data, wrong: [] };
  return { page: null, wrong: read.error.issues.map(({ path }) => String(path[0])) };
}
