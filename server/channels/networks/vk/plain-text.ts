import { takeMentions } from '#shared/exchange/mentions.ts';

/** `[#alias|подпись|https://…]` and `[https://vk.com/…|подпись]`: words with an address behind them. */
const ALIAS = /\[#alias\|([^[\]|]+)\|([^[\]|\s]+)\]/g;
const LINK = /\[(https?:\/\/[^[\]|\s]+)\|([^[\]|]+)\]/g;

const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  amp: '&',
};
const ENTITY = /&(?:(lt|gt|quot|apos|nbsp|amp)|#(\d{1,7})|#x([\da-f]{1,6}));/gi;

/** VK hands texts out as they would stand on a page: `&lt;`, `&#33;`. Taken back once, as a browser would. */
const unescaped = (text: string): string =>
  text.replaceAll(ENTITY, (whole: string, name?: string, decimal?: string, hex?: string) => {
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
  });

/** A text of VK as a person reads it: a mention is the name, a link its words and its address. */
export const plainText = (text: string): string =>
  takeMentions(unescaped(text).replaceAll(ALIAS, '$1 ($2)').replaceAll(LINK, '$2 ($1)')).text;
