import type { TFunction } from 'i18next';
import type { Instant } from '#shared/domain/instant.ts';
import { assertNever } from '#shared/domain/must.ts';
import type { SyncStatus } from '#renderer/data/store/console-store.ts';
import { BLIPS } from '#renderer/data/sync/connection-after.ts';
import type { Connection } from '#renderer/data/sync/sync-status.ts';
import type { When } from '#renderer/kit/words/when.ts';

export interface Truth {
  readonly tone: 'good' | 'waiting' | 'bad';
  readonly text: string;
}

/**
 * One line that never says more than is known: how the network stands, and what has not reached the centre.
 */
export function truthOf(status: SyncStatus, t: TFunction, when: When, now: Instant): Truth {
  const { unsent, attachments } = status;
  const sent = unsent === 0 ? t('truth.allSent') : t('truth.unsent', { count: unsent });
  const waiting = attachments.filter(({ refused }) => refused === null).length;
  const refused = attachments.length - waiting;
  const files = [
    waiting === 0 ? '' : t('truth.files', { files: waiting }),
    refused === 0 ? '' : t('truth.filesRefused', { files: refused }),
  ];
  const text = [`${stateOf(status, t, when, now)} · ${sent}`, ...files].filter(Boolean).join(', ');
  return { tone: toneOf(status.connection), text };
}

/** Says what a click on the line does, and when the console would do it by itself. */
export function truthHint(
  { connection, clockOffset }: SyncStatus,
  t: TFunction,
  when: When,
  now: Instant,
): string {
  if (connection.state === 'needs_login') return t('truth.loginAgain');
  const retryAt = 'retryAt' in connection ? connection.retryAt : null;
  return retryAt === null
    ? t('truth.syncNow')
    : t('truth.syncNowOr', { at: when.short(retryAt + clockOffset, now) });
}

/** Tells whether the centre's address is there and does not do its work, for longer than a restart takes. */
const isUnanswering = (connection: Connection): boolean =>
  connection.state === 'connecting' && connection.isSlow !== true && connection.attempt > BLIPS;

function toneOf(connection: Connection): Truth['tone'] {
  const { state } = connection;
  if (state === 'live' || state === 'downloading') return 'good';
  return state === 'connecting' && !isUnanswering(connection) ? 'waiting' : 'bad';
}

/** Moments of the connection are of the workstation's clock; whatever is shown is of the centre's. */
function stateOf({ connection, clockOffset }: SyncStatus, t: TFunction, when: When, now: Instant): string {
  switch (connection.state) {
    case 'live':
      return t('truth.live');
    case 'offline':
      return t('truth.offline', { since: when.short(connection.since + clockOffset, now) });
    case 'connecting':
      if (connection.isSlow === true) return t('truth.slow');
      return t(isUnanswering(connection) ? 'truth.noAnswer' : 'truth.connecting');
    case 'downloading': {
      const { rows, estimate, isSlow } = connection;
      return t(isSlow === true ? 'truth.downloadingSlowly' : 'truth.downloading', {
        percent: estimate === 0 ? 0 : Math.min(99, Math.floor((rows / estimate) * 100)),
      });
    }
    case 'needs_login':
      return t('truth.needsLogin');
    case 'failed':
      return t('truth.failed');
    default:
      return assertNever(connection);
  }
}
