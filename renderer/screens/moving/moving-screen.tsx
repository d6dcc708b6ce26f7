import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Column } from '#renderer/kit/layout/column.tsx';
import classes from './moving.module.css';
import { MOVING_STEPS, type MovingStep } from './moving-steps.ts';

/** Screen that guides a centre away from the system it worked with before. Address: `/moving`. */
export function MovingScreen() {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = t('moving.documentTitle');
  }, [t]);
  return (
    <Column width={960}>
      <h1>{t('moving.title')}</h1>
      <p className={classes['hint']}>{t('moving.lead')}</p>
      <ol className={classes['steps']}>
        {MOVING_STEPS.map((step) => (
          <Step key={step.id} step={step} />
        ))}
      </ol>
    </Column>
  );
}

function Step({ step: { id, lines, to } }: { readonly step: MovingStep }) {
  const { t } = useTranslation();
  return (
    <li>
      <h2>{t(`moving.step.${id}.title`)}</h2>
      <ul>
        {Array.from({ length: lines }, (_, index) => (
          <li key={index}>{t(`moving.step.${id}.line.${index + 1}`)}</li>
        ))}
      </ul>
      {to !== null && <Link href={to}>{t(`moving.step.${id}.go`)}</Link>}
    </li>
  );
}
