import { useTranslation } from 'react-i18next';
import type { Reply } from '#shared/domain/incident.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { agencyName, personName } from '#renderer/kit/context/reference.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import styles from './incident.module.css';

/** Says that an agency gave this answer past Pult: how, when, and who wrote it down; nothing of any other. */
export const CameAnswerLine = ({ reply }: { readonly reply: Reply | null }) => {
  const { t } = useTranslation();
  const reference = useReference();
  const when = useWhen();
  const now = useNow();
  if (reply?.came === undefined) return null;
  const { way, at } = reply.came;
  return (
    <span className={styles['origin']}>
      {t('came.line', {
        agency: agencyName(reference, reply.agency),
        came: t(`came.${way}`, { at: when.short(at, now) }),
        by: personName(reference, reply.by),
      })}
    </span>
  );
};
