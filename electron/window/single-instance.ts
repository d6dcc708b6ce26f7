import type { App } from 'electron';
import type { ShellParts } from '#electron/app/shell.ts';
import { screenOf, screenOfArguments } from './deep-link.ts';
import { answerSecond } from './second-start.ts';

/**
 * Makes this process the only one of the profile; false when another one is, and is told of our arguments and
 * `start` if it can hear.
 */
export const becomeOnly = (
  app: Pick<App, 'requestSingleInstanceLock'>,
  start: { readonly name: string },
): boolean => app.requestSingleInstanceLock(start);

/**
 * A second start brings the window to the front and goes where its link says. Arguments come from anybody who
 * can start a program, so anything but a link we know is dropped.
 */
export function followLinks({ electron: { app }, window, args, log, profile }: ShellParts): void {
  const go = (screen: string | null): void => {
    if (screen !== null) window.tell({ kind: 'open', path: screen });
  };
  go(screenOfArguments(args));
  app.on('second-instance', (_event, argv, _folder, data) => {
    log.info('another start brought the window to the front');
    answerSecond(profile, data);
    go(screenOfArguments(argv));
    window.show();
  });
  // macOS hands links over so.
  app.on('open-url', (event, link) => {
    event.preventDefault();
    go(screenOf(link));
    window.show();
  });
}
