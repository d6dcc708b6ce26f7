import { Button, Loader } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FactorBegun } from '#shared/protocol/second-factor.ts';
import type { Session } from '#shared/protocol/session.ts';
import type { CentreAnswer } from '#renderer/kit/api/ask-centre.ts';
import classes from '#renderer/kit/layout/entrance.module.css';
import { beginFactor } from '#renderer/kit/second-factor/factor-api.ts';
import { FactorSetup } from '#renderer/kit/second-factor/factor-setup.tsx';

interface Props {
  readonly session: Session;
  readonly onDone: (session: Session) => Promise<void> | void;
}

/** Whose role demands a second factor sets one up before anything opens. */
export function DemandedFactor({ session, onDone }: Props) {
  const { t } = useTranslation();
  const [begun, setBegun] = useState<CentreAnswer<FactorBegun> | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let isHere = true;
    void beginFactor().then((answer) => isHere && setBegun(answer));
    return () => {
      isHere = false;
    };
  }, [attempt]);
  const finish = (): Promise<void> | void => {
    const { mustSetFactor: _done, ...whole } = session;
    return onDone(whole);
  };
  if (begun === null) return <Loader size="sm" role="status" aria-label={t('centre.reading')} />;
  if (begun.ok) {
    const lead = t('secondFactor.demanded', { role: t(`role.${session.account.role}`) });
    return <FactorSetup begun={begun.value} lead={lead} onDone={finish} />;
  }
  return (
    <>
      <div className={classes['trouble']} role="alert">
        {t(`error.${begun.error}`)}
      </div>
      <Button variant="default" mt="md" onClick={() => setAttempt(attempt + 1)}>
        {t('secondFactor.again')}
      </Button>
    </>
  );
}
