import { useTranslation } from 'react-i18next';
import type { RuledBy } from '#shared/domain/incident.ts';
import classes from './card.module.css';
import { ruledWords } from './ruled-words.ts';

/** Says which rule gave the importance, and what spoke for it. */
export const RuledBecause = ({ by }: { readonly by: RuledBy }) => {
  const { t } = useTranslation();
  return (
    <span className={classes['because']}>
      {t('ruled.rule', { name: by.name })}: {ruledWords(by, t)}
    </span>
  );
};
