import { parseSync } from 'vite';
import { lineAt } from './finding.ts';
import type { Finding } from './finding.ts';
import type { Module } from './module.ts';

/** The width of a line, as the formatter has it for code. */
const WIDTH = 110;

/** A word that cannot be broken, such as an address, may stand over the edge. */
const hasLongWord = (line: string): boolean => line.split(/\s+/).some((word) => word.length > WIDTH / 2);

/** Comments that are wider than a line of code. */
export function checkProse({ file, source }: Module): Finding[] {
  return parseSync(file, source).comments.flatMap(({ value, start }) =>
    wideLines(source, start, value.length + 4).map((line) => ({
      file,
      line,
      message: `a comment wider than ${WIDTH} characters`,
    })),
  );
}

/** The numbers of the lines of a comment that are too wide. */
function wideLines(source: string, start: number, length: number): number[] {
  const from = source.lastIndexOf('\n', start) + 1;
  const first = lineAt(source, start);
  return source
    .slice(from, start + length)
    .split('\n')
    .flatMap((text, index) => (text.length > WIDTH && !hasLongWord(text) ? [first + index] : []));
}
