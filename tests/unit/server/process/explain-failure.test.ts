import { expect, it } from 'vitest';
import { explainFailure } from '#server/process/explain-failure.ts';
import { StartupError, type StartupErrorKind } from '#server/process/startup-error.ts';

const coded = (code: string, message = 'words of a resident'): Error =>
  Object.assign(new Error(message), { code });

const CASES: readonly (readonly [unknown, StartupErrorKind])[] = [
  [new StartupError('port_taken', 'a', 'b'), 'port_taken'],
  [coded('ENOSPC'), 'no_space'],
  [coded('EROFS'), 'read_only'],
  [coded('EACCES'), 'not_permitted'],
  [coded('EMFILE'), 'not_permitted'],
  [coded('ERR_PARSE_ARGS_UNKNOWN_OPTION', "Unknown option '--colour'"), 'bad_arguments'],
  [coded('53100'), 'no_space'],
  [coded('53300'), 'database_unreachable'],
  [coded('42501'), 'not_permitted'],
  [coded('25P03'), 'database_unreachable'],
  [coded('23505'), 'database_unreachable'],
  [coded('ECONNREFUSED'), 'database_unreachable'],
  [new Error('Connection terminated unexpectedly'), 'database_unreachable'],
  [new Error('timeout exceeded when trying to connect'), 'database_unreachable'],
  [new TypeError('words of a resident'), 'unforeseen'],
  [new RangeError('x'), 'unforeseen'],
  ['thrown text', 'unforeseen'],
  [undefined, 'unforeseen'],
];

it.each(CASES)(
  '%s is told as %s, in sentences, without a stack and without the words of anybody',
  (error, kind) => {
    const failure = explainFailure(error, '/data');
    expect(failure.kind).toBe(kind);
    for (const line of [failure.message, failure.whatToDo]) {
      expect(line).not.toBe('');
      expect(line).not.toMatch(/\n|^\s*at |resident/);
    }
  },
);
