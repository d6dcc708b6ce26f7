import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findIdentifiers, type Identifier } from '#shared/text/identifiers/find-identifiers.ts';
import { withoutIdentifiers } from '#shared/text/deidentify.ts';

const linesOf = (name: string): readonly string[] =>
  readFileSync(new URL(`../../../../fixtures/deidentify/${name}.txt`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');

interface Span {
  readonly start: number;
  readonly end: number;
}

/** A sentence of the set without its marks ⟦…⟧, and where they stood. */
function unmarked(line: string): { readonly text: string; readonly marks: readonly Span[] } {
  const marks: Span[] = [];
  let [text, start] = ['', 0];
  for (const sign of line)
    if (sign === '⟦') start = text.length;
    else if (sign === '⟧') marks.push({ start, end: text.length });
    else text += sign;
  return { text, marks };
}

/** Letters or digits of a stretch that no span covers. */
function left(text: string, { start, end }: Span, spans: readonly Span[], signs: RegExp): string {
  let rest = '';
  for (let at = start; at < end; at += 1)
    if (signs.test(text[at] ?? '') && !spans.some((span) => span.start <= at && at < span.end))
      rest += text[at];
  return rest;
}

/** These say of what kind a number is, not whose. */
const LABEL = /^(?:доб|добавочный|го|й|м|г|гр|р|год|года|рождения|рожд|род)*$/u;

/** A marked part is hidden when none of its letters and digits stays, but for words that tell the kind. */
const isHidden = (text: string, mark: Span, found: readonly Identifier[]): boolean =>
  LABEL.test(left(text, mark, found, /[\p{L}\p{N}]/u));

interface Score {
  readonly recall: number;
  readonly falseAlarms: number;
}

function scoreOf(withIdentifiers: readonly string[], harmless: readonly string[]): Score {
  const missed: string[] = [];
  const alarms: string[] = [];
  let marked = 0;
  for (const line of withIdentifiers) {
    const { text, marks } = unmarked(line);
    const { all } = findIdentifiers(text);
    marked += marks.length;
    for (const mark of marks) if (!isHidden(text, mark, all)) missed.push(line);
    if (all.some((identifier) => left(text, identifier, marks, /[\p{L}\p{N}]/u) !== '')) alarms.push(line);
  }
  for (const line of harmless) if (withoutIdentifiers(line) !== line) alarms.push(line);
  const sentences = withIdentifiers.length + harmless.length;
  const score = { recall: 1 - missed.length / marked, falseAlarms: alarms.length / sentences };
  process.stdout.write(
    `identifiers: recall ${(100 * score.recall).toFixed(1)} % of ${marked}, ` +
      `false alarms ${(100 * score.falseAlarms).toFixed(1)} % of ${sentences} sentences\n` +
      [...missed.map((line) => `  missed: ${line}`), ...alarms.map((line) => `  false alarm: ${line}`)]
        .map((line) => `${line}\n`)
        .join(''),
  );
  return score;
}

describe('of invented sentences', () => {
  test.each([
    ['by somebody who had not read the module', 'with', 'harmless'],
    ['by its author, form by form', 'forms-with', 'forms-harmless'],
    ['in rounds, each measured at first sight before anything was mended', 'rounds-with', 'rounds-harmless'],
  ])(
    '%s: at least 98 in 100 identifiers are hidden, at most 2 in 100 sentences wrongly changed',
    (_, hold, lack) => {
      const sets = [linesOf(hold), linesOf(lack)] as const;
      expect(Math.min(...sets.map(({ length }) => length))).toBeGreaterThan(125);
      const { recall, falseAlarms } = scoreOf(...sets);
      expect(recall).toBeGreaterThanOrEqual(0.98);
      expect(falseAlarms).toBeLessThanOrEqual(0.02);
    },
  );

  test('what was hidden once is not hidden again', () => {
    for (const name of ['with', 'harmless', 'forms-with', 'forms-harmless', 'rounds-with', 'rounds-harmless'])
      for (const line of linesOf(name)) {
        const once = withoutIdentifiers(unmarked(line).text);
        expect(withoutIdentifiers(once)).toBe(once);
      }
  });
});
