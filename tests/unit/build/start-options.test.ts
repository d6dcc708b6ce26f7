import { expect, test } from 'vitest';
import { parseStart } from '#build/start-options.ts';

test.each([
  [[], 'any', []],
  [['--port', '8080'], 'any', ['--port', '8080']],
  [['--shell', 'browser', '--no-open'], 'browser', ['--no-open']],
  [['--port', '1', '--shell=electron'], 'electron', ['--port', '1']],
] as const)('%j', (args, shell, serverArgs) => {
  expect(parseStart(args)).toEqual({ shell, serverArgs });
});

test.each([[['--shell']], [['--shell', 'firefox']], [['--shell=']]])('%j is refused in words', (args) => {
  expect(() => parseStart(args)).toThrow('--shell takes electron or browser');
});
