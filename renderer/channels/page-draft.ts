import { newChannelSchema, type NewChannel } from '#shared/protocol/channels.ts';

/** The form of a new page as typed. */
export interface Draft {
  readonly network: string;
  readonly name: string;
  readonly baseUrl: string;
  readonly certificate: string;
  readonly pageId: string;
  readonly agency: string;
  readonly token: string;
  readonly readToken: string;
  readonly secret: string;
  readonly confirmation: string;
  /** Words between commas. */
  readonly watch: string;
}

/** Nobody should have to invent a secret: 24 letters and digits, VK allows 50 characters. */
const newSecret = (): string => crypto.randomUUID().replaceAll('-', '').slice(0, 24);

/** A form not filled in, with what is the same for every page of VK. */
export const emptyDraft = (): Draft => ({
  network: 'vk',
  name: '',
  baseUrl: 'https://api.vk.com',
  certificate: '',
  pageId: '',
  agency: '',
  token: '',
  readToken: '',
  secret: newSecret(),
  confirmation: '',
  watch: '',
});

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** The page that was typed, by the API's own rules, or the names of the fields that break them. */
export function readDraft(draft: Draft): {
  readonly page: NewChannel | null;
  readonly wrong: readonly string[];
} {
  const read = newChannelSchema.safeParse({
    ...draft,
    baseUrl: draft.baseUrl.trim(),
    // VK writes a community's number as club123, public123 or with a minus.
    pageId: draft.pageId.trim().replace(/^(?:club|public|-)/, ''),
    certificate: orNull(draft.certificate),
    agency: orNull(draft.agency),
    readToken: orNull(draft.readToken),
    watch: draft.watch
      .split(/[,\n]/)
      .map((word) => word.trim())
      .filter((word) => word !== ''),
  });
  if (read.success) return { page: read.data, wrong: [] };
  return { page: null, wrong: read.error.issues.map(({ path }) => String(path[0])) };
}
