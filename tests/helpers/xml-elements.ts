import { SaxesParser } from 'saxes';
import { must } from '#shared/domain/must.ts';

/** Everything an XML document says: names of elements and their texts, by a parser that is not ours. */
export function elementsOf(xml: string): (readonly [string, string])[] {
  const found: [string, string][] = [];
  const open: [string, string][] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name }) => void open.push([name, '']));
  parser.on('text', (text) => {
    const last = open.at(-1);
    if (last !== undefined) last[1] += text;
  });
  parser.on('closetag', () => void found.push(must(open.pop(), 'an open element')));
  parser.write(xml).close();
  return found;
}
