import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSamples, scorePromises } from '#tests/helpers/scored-promises.ts';

const FOLDER = 'tests/fixtures/promises';
const SETS = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'));

describe('promises of invented replies', () => {
  it.each(SETS)('%s: found with a precision of 95 % and a recall of 90 %', (name) => {
    const score = scorePromises(readSamples(`${FOLDER}/${name}`));
    const percent = (part: number): string => `${(part * 100).toFixed(1)} %`;
    console.info(
      `${name}: precision ${percent(score.precision)}, recall ${percent(score.recall)}, right ${score.right}`,
      { wrong: score.wrong, missed: score.missed },
    );
    expect(score.precision).toBeGreaterThanOrEqual(0.95);
    expect(score.recall).toBeGreaterThanOrEqual(0.9);
  });
});
