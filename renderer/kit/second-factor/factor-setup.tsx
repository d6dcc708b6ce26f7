import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiErrorKind } from '#shared/protocol/errors.ts';
import type { FactorBegun } from '#shared/protocol/second-factor.ts';
import { CodeInput } from './code-input.tsx';
import { confirmFactor } from './factor-api.ts';
import { QrCode } from './qr-code.tsx';
import classes from './second-factor.module.css';
import { SpareList } from './spare-list.tsx';

interface Props {
  readonly begun: FactorBegun;
  /** Why it is set up, where nobody asked for it. */
  readonly lead?: string;
  /** Called when the factor counts and its spare codes were taken. */
  readonly onDone: () => unknown;
}

const inFours = (secret: string): string => secret.match(/.{1,4}/g)?.join(' ') ?? secret;

/** A secret goes into an application, and a code of it comes back. */
export function FactorSetup({ begun: { secret, address }, lead, onDone }: Props) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const [failure, setFailure] = useState<ApiErrorKind | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [spares, setSpares] = useState<readonly string[] | null>(null);
  if (spares !== null) return <SpareList spares={spares} onKept={onDone} />;
  const confirm = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    const answer = await confirmFactor(code);
    setBusy(false);
    if (answer.ok) return setSpares(answer.value.spares);
    setFailure(answer.error);
    setCode('');
  };
  return (
    <form
      className={classes['setup']}
      onSubmit={(event) => {
        event.preventDefault();
        void confirm();
      }}
    >
      {lead !== undefined && <p className={classes['soft']}>{lead}</p>}
      <p>{t('secondFactor.scan')}</p>
      <QrCode text={address} label={t('secondFactor.qr')} />
      <p className={classes['soft']}>{t('secondFactor.byHand')}</p>
      <p className={classes['secret']}>{inFours(secret)}</p>
      <CodeInput isFirst value={code} onChange={setCode} />
      {failure !== null && (
        <p className={classes['bad']} role="alert">
          {t(`error.${failure}`)}
        </p>
      )}
      <div className={classes['acts']}>
        <Button type="submit" loading={isBusy} disabled={code.trim() === ''}>
          {t('secondFactor.confirm')}
        </Button>
      </div>
    </form>
  );
}
