import { DecodeUTF8 } from 'fflate';
import { SaxesParser } from 'saxes';
import { FileRefused } from './refusals.ts';

/** Receives the events of a part of an xlsx. Names come without their namespace prefix. */
export interface XmlHandler {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text(text: string): void;
  close(name: string): void;
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Elements within one another: a sheet has ten. A parser remembers each, so a few packed kilobytes of them
 * would fill the memory.
 */
const MAX_DEPTH = 250;
/** Bytes of one text, tag or comment, which a parser keeps until its end. A cell holds far less. */
const MAX_TOKEN = 8 * 1024 * 1024;

/**
 * Parses XML as it arrives; yields after every piece, so that the caller can pass on what its handler
 * collected. External and own entities are not expanded (saxes does not); XML that is not well formed, or out
 * of all bounds, refuses the file.
 */
export async function* parseXml(
  bytes: AsyncIterable<Uint8Array>,
  part: string,
  handler: XmlHandler,
): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  const refuse = (): never => {
    throw new FileRefused({ kind: 'damaged', part });
  };
  let [depth, unheard] = [0, 0];
  const text = (more: string): void => {
    unheard = 0;
    handler.text(more);
  };
  parser.on('error', refuse);
  parser.on('opentag', ({ name, attributes }) => {
    [depth, unheard] = [depth + 1, 0];
    if (depth > MAX_DEPTH) refuse();
    handler.open(localName(name), attributes);
  });
  parser.on('text', text);
  parser.on('cdata', text);
  parser.on('closetag', ({ name }) => {
    [depth, unheard] = [depth - 1, 0];
    handler.close(localName(name));
  });
  const decode = new DecodeUTF8((decoded) => void parser.write(decoded));
  for await (const chunk of bytes) {
    unheard += chunk.length;
    if (unheard > MAX_TOKEN) throw new FileRefused({ kind: 'too_large_unpacked', part });
    decode.push(chunk);
    yield;
  }
  decode.push(new Uint8Array(0), true);
  parser.close();
  yield;
}

/** Reads a whole small part. */
export async function readXml(
  bytes: AsyncIterable<Uint8Array>,
  part: string,
  handler: XmlHandler,
): Promise<void> {
  const pieces = parseXml(bytes, part, handler);
  while ((await pieces.next()).done !== true);
}

/** Characters XML cannot hold stand as `_x000B_` in an xlsx (ECMA-376, ST_Xstring). */
export const unescapeXstring = (text: string): string =>
  text.includes('_x')
    ? text.replaceAll(/_x([\dA-Fa-f]{4})_/g, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
    : text;
