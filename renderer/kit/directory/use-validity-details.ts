import { useTranslation } from 'react-i18next';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import type { Entry } from './entry.ts';

/** Says from when and until when a row holds, and who follows; `over` says that it ended on a day. */
export function useValidityDetails(
  over: (day: string) => string,
  successorName: (id: string) => string,
): (row: Entry) => readonly string[] {
  const { t } = useTranslation();
  const when = useWhen();
  const now = useNow();
  return ({ validFrom, validTo, successor }) => {
    const lastDay = validTo === undefined ? '' : when.date(validTo - 1, now);
    const isOver = validTo !== undefined && validTo <= now;
    return [
      validFrom !== undefined && validFrom > now
        ? t('directory.from', { day: when.date(validFrom, now) })
        : '',
      validTo === undefined ? '' : isOver ? over(lastDay) : t('directory.until', { day: lastDay }),
      successor === undefined ? '' : t('directory.handedTo', { name: successorName(successor) }),
    ];
  };
}
