import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { Administration } from '#renderer/kit/layout/administration.tsx';
import { NumberingPart } from './numbering-part.tsx';
import { RulesForm } from './rules-form.tsx';
import classes from './rules.module.css';

/** Screen of the centre's own rules and letterhead. Address: `/rules`. */
export function RulesScreen() {
  const { t } = useTranslation();
  return (
    <Administration
      title={t('rules.title')}
      documentTitle={t('rules.documentTitle')}
      mayNot={t('rules.mayNot')}
      width={760}
    >
      <h1>{t('rules.title')}</h1>
      <Rules />
    </Administration>
  );
}

function Rules() {
  const { t } = useTranslation();
  const { regulation } = useReference();
  return (
    <>
      <RulesForm regulation={regulation} />
      <NumberingPart />
      <section className={classes['part']} aria-label={t('rules.quiet.title')}>
        <h2>{t('rules.quiet.title')}</h2>
        <p className={classes['hint']}>
          {t('rules.quiet.hint')} <Link href="/mail">{t('rules.quiet.open')}</Link>
        </p>
      </section>
    </>
  );
}
