import { parseSync, Visitor } from 'vite';
import { lineAt } from './finding.ts';
import type { Finding } from './finding.ts';
import type { Module } from './module.ts';

/** The width of a line, as the formatter has it for code. */
const WIDTH = 110;

/** Openings by which a doc comment asks; one that says begins with a verb or defines the thing. */
const QUESTION = /^[\s*]*(?:What|Whether)\b/;

/** Code that is not wrapped: the text of a migration is hashed as it was applied; a table of events. */
const AS_IT_STANDS = ['server/store/migrations/', 'tests/fixtures/webhook-cases.ts'];

/** A word that cannot be broken, such as an address or a pattern, may stand over the edge. */
const hasLongWord = (line: string): boolean => line.split(/\s+/).some((word) => word.length > WIDTH / 2);

/** Lines that are too wide, and doc comments that ask instead of saying. */
export function checkProse({ file, source }: Module): Finding[] {
  const { comments, program } = parseSync(file, source);
  const questions = comments
    .filter(({ type, value }) => type === 'Block' && value.startsWith('*') && QUESTION.test(value))
    .map(({ start }) => lineAt(source, start));
  const commented = comments.flatMap(({ start, end }) => range(lineAt(source, start), lineAt(source, end)));
  const titles = file.startsWith('tests/') ? linesOfTitles(source, program) : [];
  const isFree = (line: number): boolean =>
    !commented.includes(line) &&
    (titles.includes(line) || AS_IT_STANDS.some((path) => file.startsWith(path)));
  return [
    ...questions.map((line) => ({ file, line, message: 'a doc comment begins with a verb or a noun' })),
    ...wideLines(source)
      .filter((line) => !isFree(line))
      .map((line) => ({ file, line, message: `a line wider than ${WIDTH} characters` })),
  ];
}

const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

/** The lines that are too wide though they could be broken. */
const wideLines = (source: string): number[] =>
  source
    .split('\n')
    .flatMap((text, index) => ([...text].length > WIDTH && !hasLongWord(text) ? [index + 1] : []));

/** The lines where titles of tests begin; a title stands in one piece, so that it is found by a search. */
function linesOfTitles(source: string, program: Parameters<Visitor['visit']>[0]): number[] {
  const lines: number[] = [];
  new Visitor({
    CallExpression: ({ callee, arguments: [title] }) => {
      const isTest = /^(?:test|it|describe)\b/.test(source.slice(callee.start, callee.end));
      if (isTest && title !== undefined) lines.push(lineAt(source, title.start));
    },
  }).visit(program);
  return lines;
}
