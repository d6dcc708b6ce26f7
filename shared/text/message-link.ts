import type { MessageKind, Network } from '#shared/domain/incident.ts';
import { originOf } from '#shared/exchange/network.ts';

/**
 * The parts of a message's address. Ids as the network writes them, which may be wider than 53 bits; null
 * where it names none.
 */
export interface MessageLink {
  readonly network: Network;
  readonly kind: MessageKind;
  /** Without what a person's browser added. */
  readonly url: string;
  /** The community, channel or profile. */
  readonly placeUrl: string;
  readonly owner: string | null;
  readonly post: string | null;
  readonly comment: string | null;
}

type Ids = Pick<MessageLink, 'owner' | 'post' | 'comment' | 'placeUrl'> & { readonly clean?: string };

const NO_IDS: Ids = { owner: null, post: null, comment: null, placeUrl: '' };

/**
 * `wall-1_2`, as a page, over a feed (`?w=`), or in the mobile version; the comment as `?reply=` or `_r3`.
 */
function vkIds(url: URL): Ids {
  const { pathname, searchParams } = url;
  const address = `${pathname.slice(1)} ${searchParams.get('w') ?? ''} ${searchParams.get('z') ?? ''}`;
  const [, owner, post, inside] = /\bwall(-?\d{1,20})_(\d{1,20})(?:_r(\d{1,20}))?/.exec(address) ?? [];
  if (owner === undefined || post === undefined) return NO_IDS;
  const comment = (searchParams.get('reply') ?? inside)?.match(/^\d{1,20}$/)?.[0] ?? null;
  const place = owner.startsWith('-') ? `club${owner.slice(1)}` : `id${owner}`;
  const clean = `https://vk.com/wall${owner}_${post}${comment === null ? '' : `?reply=${comment}`}`;
  return { owner, post, comment, placeUrl: `https://vk.com/${place}`, clean };
}

/** `/group/1/topic/2`, `/name/topic/2`, `/profile/1/statuses/2`; the comment after `#`. */
function okIds(url: URL): Ids {
  const [, place, owner, post] =
    /^(\/(?:(?:group|profile)\/)?([\w.-]+))\/(?:topic|statuses)\/(\d{1,20})/.exec(url.pathname) ?? [];
  if (place === undefined || owner === undefined || post === undefined) return NO_IDS;
  return { owner, post, comment: url.hash.slice(1) || null, placeUrl: `${url.origin}${place}` };
}

/**
 * `/channel/5`, `/s/channel/5`, `/c/1234/5` of a closed one, `/group/topic/5`; the comment as `?comment=` or
 * `?thread=`.
 */
function telegramIds(url: URL): Ids {
  const [, closed, owner, last] =
    /^\/(?:s\/)?(c\/)?([\w-]+)\/(?:\d+\/)?(\d{1,20})\/?$/.exec(url.pathname) ?? [];
  if (owner === undefined || last === undefined) return NO_IDS;
  const thread = url.searchParams.get('thread');
  const comment = url.searchParams.get('comment') ?? (thread === null ? null : last);
  return { owner, post: thread ?? last, comment, placeUrl: `${url.origin}/${closed ?? ''}${owner}` };
}

/** `/channel/AZ2H-TzaAOc`: the post's number is written with letters. */
function maxIds(url: URL): Ids {
  const [, owner, post] = /^\/((?:c\/)?[\w-]+)\/([\w-]{4,24})\/?$/.exec(url.pathname) ?? [];
  if (owner === undefined || post === undefined || owner === 'join' || owner === 'u') return NO_IDS;
  return { owner, post, comment: url.searchParams.get('comment'), placeUrl: `${url.origin}/${owner}` };
}

const IDS: Partial<Record<Network, (url: URL) => Ids>> = {
  vk: vkIds,
  ok: okIds,
  telegram: telegramIds,
  max: maxIds,
};

/** An address as people paste it, with or without `https://`; null when it is none. */
function parse(text: string): URL | null {
  const trimmed = text.trim();
  if (trimmed === '' || /\s/.test(trimmed)) return null;
  const whole = /^https?:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
  const url = URL.canParse(whole) ? new URL(whole) : null;
  return url !== null && url.hostname.includes('.') ? url : null;
}

/**
 * Reads the address of a message, without asking anybody. Null for what is no address, or not of a network
 * known here.
 */
export function readMessageLink(text: string): MessageLink | null {
  const url = parse(text);
  if (url === null) return null;
  const { network, kind } = originOf(url.href, '');
  if (network === 'other') return null;
  const { clean = url.href, ...ids } = IDS[network]?.(url) ?? NO_IDS;
  const named = ids.comment !== null ? 'comment' : ids.post !== null ? 'post' : kind;
  return { network, kind: kind === 'direct' ? kind : named, url: clean, ...ids };
}

/**
 * Makes a link to an author's contact: a telephone and a mail address become links, anything else stays as it
 * was typed.
 */
export function contactUrl(text: string): string {
  const trimmed = text.trim();
  if (/^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/u.test(trimmed)) return `mailto:${trimmed}`;
  if (/^\+?[\d\s()-]{5,25}$/.test(trimmed)) return `tel:${trimmed.replaceAll(/[\s()-]/g, '')}`;
  return trimmed;
}

/** A telephone or a mail address as a person reads it; empty for a link to a profile. */
export const contactWords = (url: string): string => /^(?:tel|mailto):(.*)$/.exec(url)?.[1] ?? '';
