/**
 * Packs values as text for another process, losing nothing that the structured clone keeps. Stands alone: it
 * also runs in the page.
 */
export function makeCodec() {
  type Tagged = { readonly $: string; readonly v?: unknown };
  const encode = (value: unknown): unknown => {
    if (value === undefined) return { $: 'undefined' };
    if (typeof value === 'bigint') return { $: 'bigint', v: String(value) };
    if (typeof value === 'number' && !Number.isFinite(value)) return { $: 'number', v: String(value) };
    if (value === null || typeof value !== 'object') return value;
    if (value instanceof Date) return { $: 'date', v: value.getTime() };
    if (value instanceof Map) return { $: 'map', v: [...value].map(encode) };
    if (value instanceof Set) return { $: 'set', v: [...value].map(encode) };
    if (value instanceof Uint8Array) return { $: 'bytes', v: [...value] };
    if (Array.isArray(value)) return value.map(encode);
    return { $: 'object', v: Object.entries(value).map(([key, member]) => [key, encode(member)]) };
  };
  const decode = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(decode);
    if (value === null || typeof value !== 'object') return value;
    const { $, v } = value as Tagged;
    if ($ === 'undefined') return undefined;
    if ($ === 'bigint') return BigInt(v as string);
    if ($ === 'number') return Number(v);
    if ($ === 'date') return new Date(v as number);
    const list = v as unknown[];
    if ($ === 'map') return new Map(list.map(decode) as [unknown, unknown][]);
    if ($ === 'set') return new Set(list.map(decode));
    if ($ === 'bytes') return new Uint8Array(list as number[]);
    return Object.fromEntries(list.map((pair) => [(pair as [string])[0], decode((pair as unknown[])[1])]));
  };
  // `structuredClone` first: what Electron cannot send must not be sent here either.
  return {
    write: (value: unknown): string => JSON.stringify(encode(structuredClone(value))),
    read: (text: string): unknown => decode(JSON.parse(text)),
  };
}
