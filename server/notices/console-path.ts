import type { MailSettings } from '#shared/protocol/mail.ts';

/** A path of the console as a whole address, as people reach it. */
export const consolePath = ({ consoleUrl }: Pick<MailSettings, 'consoleUrl'>, path: string): string =>
  `${consoleUrl.endsWith('/') ? consoleUrl.slice(0, -1) : consoleUrl}${path}`;
