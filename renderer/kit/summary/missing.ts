import type { TFunction } from 'i18next';
import type { SyncStatus } from '#renderer/data/store/console-store.ts';

/** Says which data the numbers lack to be whole; null when none. */
export function missingWords({ archiveComplete, connection }: SyncStatus, t: TFunction): string | null {
  if (archiveComplete) return null;
  switch (connection.state) {
    case 'downloading': {
      const { rows, estimate } = connection;
      return t('report.missing.downloading', { rows, estimate: Math.max(rows, estimate) });
    }
    case 'live':
    case 'connecting':
      return t('report.missing.soon');
    case 'needs_login':
      return t('report.missing.needsLogin');
    case 'offline':
    case 'failed':
      return t('report.missing.offline');
  }
}
