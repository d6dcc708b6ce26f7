import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useCentreAddress } from '#renderer/host/use-centre-address.ts';
import { useSession } from '#renderer/kit/context/console-context.tsx';
import administration from '#renderer/kit/layout/administration.module.css';
import { CopyLine } from '#renderer/kit/layout/copy-line.tsx';
import { usePrint } from '#renderer/kit/print/use-print.ts';
import classes from './people.module.css';

/** A one-time password and whose it is. */
export interface Given {
  readonly displayName: string;
  readonly login: string;
  readonly password: string;
}

interface Props {
  readonly given: Given;
  readonly onClose: () => void;
}

/** The only time a one-time password is shown; it stays until the administrator puts it away. */
export function PasswordOnce({ given, onClose }: Props) {
  const { t } = useTranslation();
  const { print } = usePrint();
  const copied = (name: 'login' | 'password') => {
    const label = t(`people.given.${name}`);
    const action = t('people.given.copy');
    return <CopyLine label={label} value={given[name]} action={action} buttonLabel={`${action}: ${label}`} />;
  };
  return (
    <section role="status" aria-label={t('people.given.title')}>
      <h3 className={classes['title']}>{t('people.given.title')}</h3>
      <p className={administration['hint']}>{t('people.given.hint', { name: given.displayName })}</p>
      {copied('login')}
      {copied('password')}
      <div className={classes['acts']}>
        <Button data-autofocus onClick={onClose}>
          {t('people.given.kept')}
        </Button>
        <Button variant="default" leftSection={<IconPrinter size={16} aria-hidden />} onClick={print}>
          {t('common.print')}
        </Button>
      </div>
      {createPortal(<Slip given={given} />, document.body)}
    </section>
  );
}

/** The same on paper, to be handed over. */
function Slip({ given: { displayName, login, password } }: { readonly given: Given }) {
  const { t } = useTranslation();
  const { region } = useSession();
  const address = useCentreAddress('/');
  const rows = { address, login, password };
  return (
    <div className={classes['slip']} aria-hidden data-slip>
      <h1>{displayName}</h1>
      <p>{`${t('frame.brand')} · ${region.name}`}</p>
      <dl>
        {(['address', 'login', 'password'] as const).map((name) => (
          <div key={name}>
            <dt>{t(`people.given.${name}`)}</dt>
            <dd>{rows[name]}</dd>
          </div>
        ))}
      </dl>
      <p>{t('people.given.slip')}</p>
    </div>
  );
}
