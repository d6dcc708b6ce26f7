import { setImmediate as nextTurn } from 'node:timers/promises';

/** Letters worked on before others have their turn: some milliseconds of looking for identifiers. */
const LETTERS_A_TURN = 20_000;

/**
 * Maps values that hold long texts, and lets the event loop go on in between: residents' words may be of any
 * length, and whoever asks for many of them must not keep the others waiting. `lettersOf` says how much work
 * a value is.
 */
export async function mapInTurns<T, R>(
  values: readonly T[],
  lettersOf: (value: T) => number,
  map: (value: T) => R,
): Promise<R[]> {
  const results: R[] = [];
  let letters = 0;
  for (const value of values) {
    if (letters > LETTERS_A_TURN) {
      letters = 0;
      await nextTurn();
    }
    letters += lettersOf(value);
    results.push(map(value));
  }
  return results;
}
