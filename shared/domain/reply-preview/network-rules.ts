import type { MessageKind, Network } from '#shared/domain/incident.ts';

/**
 * Letters that a network takes in one message, as its API counts them (UTF-16); null where it documents no
 * limit. A longer answer is neither cut nor split: a person shortens it.
 */
export const NETWORK_LETTERS = {
  vk: 9000,
  ok: null,
  telegram: 4096,
  max: 4000,
  other: null,
} as const satisfies Readonly<Record<Network, number | null>>;

/** Letters of a message that goes with files, where they are fewer: in Telegram they are a caption. */
export const CAPTION_LETTERS = { telegram: 1024 } as const;

/** Files that go with a comment: VK shows no more, MAX takes words only. */
export const COMMENT_FILES = { vk: 2, max: 0 } as const;

/** The place where a reply will be published. */
export interface ReplyPlace {
  readonly network: Network;
  readonly kind: MessageKind;
  /** How many files go with it. */
  readonly files: number;
}

/** Rules by which a network takes and shows a reply at one place. */
export interface NetworkRules {
  readonly letters: number | null;
  readonly files: number | null;
  /** VK publishes no comment with a link (its error 222). */
  readonly takesLinks: boolean;
  /** It shows whose message is answered. */
  readonly namesAuthor: boolean;
  /** Our page publishes it by itself; otherwise a person does. */
  readonly isByItself: boolean;
}

const valueOf = <T>(table: Readonly<Partial<Record<Network, T>>>, network: Network): T | null =>
  table[network] ?? null;

/** Gives the rules of the place where a reply will be published. */
export function networkRules({ network, kind, files }: ReplyPlace): NetworkRules {
  const isDirect = kind === 'direct';
  const isTalk = isDirect || kind === 'comment' || kind === 'post';
  const caption = files > 0 ? valueOf<number>(CAPTION_LETTERS, network) : null;
  return {
    letters: caption ?? NETWORK_LETTERS[network],
    files: isDirect ? null : valueOf<number>(COMMENT_FILES, network),
    takesLinks: network !== 'vk' || kind !== 'comment',
    namesAuthor: kind === 'comment' && network !== 'ok' && network !== 'other',
    // Odnoklassniki document no way for a program to answer under a topic.
    isByItself: isTalk && network !== 'other' && (network !== 'ok' || isDirect),
  };
}
