import type { MessageKind, Network } from '#shared/domain/incident.ts';

/** The network and kind of a message, read from its address: the registry has no column for it. */
export interface Origin {
  readonly network: Network;
  readonly kind: MessageKind;
}

const HOSTS: readonly (readonly [Network, RegExp])[] = [
  ['vk', /(?:^|\.)(?:vk\.com|vk\.ru|vkontakte\.ru)$/],
  ['ok', /(?:^|\.)(?:ok\.ru|odnoklassniki\.ru)$/],
  ['telegram', /(?:^|\.)(?:telegram\.me|t\.me|telegram\.org)$/],
  ['max', /(?:^|\.)max\.ru$/],
];

const hostOf = (url: string): string =>
  /^(?:[a-z][a-z\d+.-]*:)?\/\/(?:[^/?#@]*@)?([^/?#:]+)/i.exec(url.trim())?.[1]?.toLowerCase() ?? '';

/**
 * Network and kind of a message by the forms seen in the registry: VK wall post, `?reply=` comment and `gim`
 * direct message, OK topic with `#comment`, Telegram post with `?comment=`, MAX the same.
 */
export function originOf(postUrl: string, placeUrl: string): Origin {
  const network = networkOf(postUrl) ?? networkOf(placeUrl) ?? 'other';
  return { network, kind: postUrl.trim() === '' ? 'other' : kindOf(network, postUrl) };
}

function networkOf(url: string): Network | null {
  const host = hostOf(url);
  return HOSTS.find(([, pattern]) => pattern.test(host))?.[0] ?? null;
}

/** A comment under a topic, a photo or a video: its number comes after the object's, however far. */
function isInVkObject(url: string): boolean {
  const object = /\/(?:topic|photo|video)-?\d+_\d+/.exec(url);
  return object !== null && /[?&](?:post|reply)=/.test(url.slice(object.index));
}

function kindOf(network: Network, url: string): MessageKind {
  switch (network) {
    case 'vk':
      if (/\/(?:gim\d*|im|write)(?:[?/]|$)|[?&]sel=/.test(url)) return 'direct';
      if (/[?&](?:reply|thread)=/.test(url) || isInVkObject(url)) return 'comment';
      return /wall-?\d+_\d+/.test(url) ? 'post' : 'other';
    case 'ok':
      if (/\/messages?(?:\/|$)/.test(url)) return 'direct';
      return url.includes('#') ? 'comment' : /\/topic\//.test(url) ? 'post' : 'other';
    case 'telegram':
    case 'max':
      if (/[?&](?:comment|thread)=/.test(url)) return 'comment';
      return /\/[^/]+\/\d+(?:[?#]|$)/.test(url) ? 'post' : 'other';
    case 'other':
      return 'other';
  }
}
