import { withAttachments, type Attachment } from '#shared/domain/attachment.ts';
import type { ArgsOf } from '#shared/domain/command.ts';
import type { MessageKind, Network } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import type { FoundMessage } from '#shared/protocol/look-up.ts';
import { contactUrl, readMessageLink, type MessageLink } from '#shared/text/message-link.ts';

/** The form of a message registered by hand, as typed. */
export interface RegisterFields {
  readonly text: string;
  readonly url: string;
  /** Null: not chosen yet. */
  readonly network: Network | null;
  readonly kind: MessageKind | null;
  readonly author: string;
  /** A telephone, a mail address or a link to the author. */
  readonly contact: string;
  readonly createdAt: Instant;
  readonly hasMedia: boolean;
}

const IN_NETWORKS: readonly MessageKind[] = ['comment', 'post', 'direct', 'screenshot', 'other'];
const PAST_NETWORKS: readonly MessageKind[] = ['phone', 'letter', 'visit', 'screenshot', 'portal', 'other'];

/** Kinds of message in a network, or past all networks (`other`). */
export const kindsOf = (network: Network | null): readonly MessageKind[] =>
  network === 'other' ? PAST_NETWORKS : IN_NETWORKS;

/** The form with another network; a kind that this one does not have is asked for anew. */
export function inNetwork(fields: RegisterFields, network: Network | null): RegisterFields {
  const { kind } = fields;
  return { ...fields, network, kind: kind !== null && kindsOf(network).includes(kind) ? kind : null };
}

/** Nothing that a message needs is missing. */
export const isWhole = ({ text, network, kind }: RegisterFields): boolean =>
  text.trim() !== '' && network !== null && kind !== null;

type Name = keyof RegisterFields;

/**
 * Puts in what was found, but for fields that the person has filled himself: what is typed is never
 * overwritten.
 */
export const filled = (
  fields: RegisterFields,
  found: Partial<RegisterFields>,
  touched: ReadonlySet<Name>,
): RegisterFields => ({
  ...fields,
  ...Object.fromEntries(Object.entries(found).filter(([name]) => !touched.has(name as Name))),
});

/** Fields known from an address alone. */
export const ofLink = ({ network, kind }: MessageLink): Partial<RegisterFields> => ({ network, kind });

/** Fields known from the message as its network gives it. */
export const ofMessage = ({ text, at, author, hasMedia }: FoundMessage): Partial<RegisterFields> => ({
  text,
  createdAt: at,
  author: author.name,
  contact: author.url,
  hasMedia,
});

/**
 * The command that registers what was typed, whole. An address of a known network is written without what a
 * browser added.
 */
export function registerArgs(
  fields: RegisterFields,
  region: string,
  now: Instant,
  files: readonly Attachment[] = [],
): ArgsOf<'register'> {
  const link = readMessageLink(fields.url);
  return {
    region,
    createdAt: Math.min(fields.createdAt, now),
    text: fields.text.trim(),
    source: {
      network: must(fields.network, 'a network'),
      kind: must(fields.kind, 'a kind'),
      url: link?.url ?? fields.url.trim(),
      placeUrl: link?.placeUrl ?? '',
      audience: null,
      engagement: null,
      hasMedia: fields.hasMedia || files.length > 0,
    },
    author: { name: fields.author.trim(), url: contactUrl(fields.contact) },
    ...withAttachments(files),
  };
}
