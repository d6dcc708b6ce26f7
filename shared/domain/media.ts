import { z } from 'zod';

/**
 * A photo that its network gives to one page by that page's token alone: an address of it would tell the
 * token, and not last.
 */
export interface ChannelFile {
  /** The page's id with us. */
  readonly channel: string;
  /** The network's name of the file. */
  readonly file: string;
}

const CHANNEL_FILE = /^channel:([\da-f-]{36})\/([\w-]{1,300})$/;

/** Writes the address under which an incident keeps such a photo. */
export const channelFileAddress = ({ channel, file }: ChannelFile): string => `channel:${channel}/${file}`;

/** The photo behind an address, when a page has to fetch it; null when it has an address of its own. */
export function channelFileOf(address: string): ChannelFile | null {
  const [, channel, file] = CHANNEL_FILE.exec(address) ?? [];
  return channel === undefined || file === undefined ? null : { channel, file };
}

/** The address of a message's photo: on the internet, or a file that its page has to fetch. */
export const mediaAddressSchema = z.union([
  z.url({ protocol: /^https?$/ }).max(2000),
  z.string().regex(CHANNEL_FILE),
]);
