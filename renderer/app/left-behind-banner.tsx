import { Button, CloseButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useLeftBehind } from '#renderer/kit/context/use-left-behind.ts';
import classes from './frame.module.css';

/** Whoever works here now is told what a dismissed person has left, until they put it away. */
export const LeftBehindBanner = () => {
  const { t } = useTranslation();
  const [, goTo] = useLocation();
  const [put, setPut] = useState<ReadonlySet<string>>(new Set());
  const left = useLeftBehind().filter(({ account }) => !put.has(account));
  return left.map(({ account, displayName, count, commands }) => (
    <div key={account} className={classes['banner']} data-tone="warn" role="status">
      <span>{t(commands === null ? 'left.bannerOther' : 'left.banner', { name: displayName, count })}</span>
      {commands !== null && (
        <Button size="compact-sm" onClick={() => goTo('/not-accepted')}>
          {t('left.show')}
        </Button>
      )}
      <CloseButton
        size="sm"
        aria-label={t('common.close')}
        onClick={() => setPut(new Set([...put, account]))}
      />
    </div>
  ));
};
