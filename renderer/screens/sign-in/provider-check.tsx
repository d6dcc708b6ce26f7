import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckedProvider } from '#shared/protocol/sign-in.ts';
import { useCentreAction } from '#renderer/kit/api/use-centre-action.ts';
import classes from '#renderer/kit/layout/administration.module.css';
import { HealthLine } from '#renderer/kit/layout/health-line.tsx';
import { askProvider } from './sign-in-settings-api.ts';

/** Has the centre ask the provider by the settings that are kept, and says what it found. */
export function ProviderCheck({ isLive }: { readonly isLive: boolean }) {
  const { t } = useTranslation();
  const [found, setFound] = useState<CheckedProvider | null>(null);
  const checking = useCentreAction(askProvider, setFound);
  const ask = (): void => {
    setFound(null);
    checking.run();
  };
  return (
    <section className={classes['part']} aria-label={t('signIn.check.title')}>
      <h2>{t('signIn.check.title')}</h2>
      <p className={classes['hint']}>{t('signIn.check.hint')}</p>
      <Button variant="default" mt="sm" loading={checking.isPending} disabled={!isLive} onClick={ask}>
        {t('signIn.check.do')}
      </Button>
      <div role="status">
        {found !== null && (
          <HealthLine
            tone={found.problem === null ? 'good' : 'bad'}
            text={found.problem === null ? t('signIn.check.good') : t(`error.sign_in_${found.problem}`)}
            notes={found.problem === null && !found.canSignOut ? [t('signIn.check.noEnd')] : []}
          />
        )}
      </div>
    </section>
  );
}
