import { escapeHtml } from '#shared/text/html.ts';

/** A value that can be written as XML: a list's elements are named by {@link ONE_OF}. */
export type XmlValue =
  | string
  | number
  | boolean
  | null
  | readonly XmlValue[]
  | { readonly [name: string]: XmlValue };

/** GeoReport's lists and what it calls one of them. */
const ONE_OF: Readonly<Record<string, string>> = {
  services: 'service',
  attributes: 'attribute',
  values: 'value',
  service_requests: 'request',
  errors: 'error',
  endpoints: 'endpoint',
  formats: 'format',
};

/** Everything but what XML 1.0 may hold: it has no way to write these down, escaped or not. */
const IMPOSSIBLE = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Escaped for an element's content; a return would otherwise be read as a line feed. */
const content = (text: string): string =>
  escapeHtml(text.replaceAll(IMPOSSIBLE, '\uFFFD')).replaceAll('\r', '&#13;');

function element(name: string, value: XmlValue): string {
  if (value === null) return `<${name}/>`;
  if (typeof value !== 'object') return `<${name}>${content(String(value))}</${name}>`;
  const inner = Array.isArray(value)
    ? (value as readonly XmlValue[]).map((item) => element(ONE_OF[name] ?? 'item', item))
    : Object.entries(value).map(([key, field]) => element(key, field));
  return `<${name}>${inner.join('')}</${name}>`;
}

/**
 * A value as an XML document. Our own few lines and no library: GeoReport has neither attributes nor mixed
 * content nor namespaces, element names are all ours, and a builder would still leave the characters that XML
 * cannot hold to us.
 */
export const toXml = (root: string, value: XmlValue): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n${element(root, value)}`;
