import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useStatus } from '#renderer/kit/context/console-context.tsx';
import classes from './frame.module.css';

/** Tells of commands that the centre never answers, until their author has decided about each. */
export const ShelvedBanner = () => {
  const { t } = useTranslation();
  const [place, goTo] = useLocation();
  const { shelved = 0 } = useStatus();
  if (shelved === 0 || place === '/not-accepted') return null;
  return (
    <div className={classes['banner']} data-tone="warn" role="status">
      <span>{t('shelved.banner', { count: shelved })}</span>
      <Button size="compact-sm" onClick={() => goTo('/not-accepted')}>
        {t('shelved.show')}
      </Button>
    </div>
  );
};
