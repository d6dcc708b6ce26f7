import { PlainFailure } from './plain-failure.ts';

/** Where the console is to open: in Electron, in a browser, or in whichever can be had. */
export type ShellChoice = 'electron' | 'browser' | 'any';

/** The arguments of `npm start`: where the console opens, and the arguments that are the server's. */
export interface StartOptions {
  readonly shell: ShellChoice;
  readonly serverArgs: readonly string[];
}

/**
 * Takes `--shell electron|browser` out of the arguments. Throws a sentence for the person when it names
 * something else.
 */
export function parseStart(args: readonly string[]): StartOptions {
  const at = args.findIndex((arg) => arg === '--shell' || arg.startsWith('--shell='));
  if (at < 0) return { shell: 'any', serverArgs: args };
  const isJoined = args[at] !== '--shell';
  const wanted = isJoined ? args[at]?.slice('--shell='.length) : args[at + 1];
  if (wanted !== 'electron' && wanted !== 'browser')
    throw new PlainFailure(`--shell takes electron or browser, not «${wanted ?? ''}».`);
  return { shell: wanted, serverArgs: args.toSpliced(at, isJoined ? 1 : 2) };
}
