import { alternatives } from '#shared/text/alternatives.ts';
import { errorCode } from './startup-error.ts';

/**
 * Connections refused or broken, server starting or stopping, too many connections, disk full, locks not
 * granted in time, no writes taken.
 */
const AWAY = new RegExp(
  `^(${alternatives(String.raw`
    ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT ENOTFOUND EAI_AGAIN 08\w{3} 57P0[123] 53\w{3} 55P03 57014 25006
    25P03 40001 40P01
  `)})$`,
);
/** Messages of `pg` that carry no code. */
const AWAY_WORDS = [
  'Connection terminated',
  'timeout exceeded when trying to connect',
  'Client has encountered a connection error',
  'Client was closed',
];

/** Tells whether the database, not the request, is the reason; trying again later may help. */
export function isDatabaseAway(error: unknown): boolean {
  return (
    AWAY.test(errorCode(error)) ||
    (error instanceof Error && AWAY_WORDS.some((words) => error.message.startsWith(words)))
  );
}
