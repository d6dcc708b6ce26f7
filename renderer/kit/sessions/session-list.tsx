import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonSession } from '#shared/protocol/accounts.ts';
import { ScrollTable } from '#renderer/kit/layout/scroll-table.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';

interface Props {
  readonly sessions: readonly PersonSession[];
  /** Stands at the end of a row. */
  readonly action?: (session: PersonSession) => ReactNode;
}

/** Sessions of a person: device, address, first and last use. */
export function SessionList({ sessions, action }: Props) {
  const { t } = useTranslation();
  const when = useWhen();
  const now = useNow();
  const heads = ['device', 'address', 'created', 'seen', ...(action === undefined ? [] : ['action'])];
  return (
    <ScrollTable label={t('sessions.table')} heads={heads.map((head) => t(`sessions.head.${head}`))}>
      {sessions.map((session) => (
        <tr key={session.id}>
          <td>{session.device === '' ? t('sessions.unknown') : session.device}</td>
          <td>{session.address === '' ? '—' : session.address}</td>
          <td>{when.short(session.createdAt, now)}</td>
          <td>{when.short(session.seenAt, now)}</td>
          {action !== undefined && <td>{session.isThis ? t('sessions.this') : action(session)}</td>}
        </tr>
      ))}
    </ScrollTable>
  );
}
