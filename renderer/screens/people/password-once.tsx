import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { INVITATION_PATH } from '#shared/protocol/invitation.ts';
import { useCentreAddress } from '#renderer/host/use-centre-address.ts';
import { useSession } from '#renderer/kit/context/console-context.tsx';
import { useHoldOpen } from '#renderer/kit/forms/hold-open.ts';
import administration from '#renderer/kit/layout/administration.module.css';
import { CopyLine } from '#renderer/kit/layout/copy-line.tsx';
import { usePrint } from '#renderer/kit/print/use-print.ts';
import classes from './people.module.css';

/** A one-time password, or the token of an invitation's link. */
export interface GivenSecret {
  readonly kind: 'password' | 'link';
  readonly value: string;
}

/** A secret that is shown once, and whose it is. */
export interface Given {
  readonly displayName: string;
  readonly login: string;
  readonly secret: GivenSecret;
}

/** The lines to be handed over, by the names of their words; a link needs no address beside it. */
function useLines({ login, secret: { kind, value } }: Given): readonly (readonly [string, string])[] {
  const address = useCentreAddress('/');
  const link = useCentreAddress(`${INVITATION_PATH}#${value}`);
  if (kind === 'link') return [['link', link]];
  return [
    ['address', address],
    ['login', login],
    ['password', value],
  ];
}

interface Props {
  readonly given: Given;
  readonly onClose: () => void;
}

/** The only time a password or a link is shown; it stays until the administrator puts it away. */
export function PasswordOnce({ given, onClose }: Props) {
  const { t } = useTranslation();
  const { print } = usePrint();
  useHoldOpen('secret');
  const { kind } = given.secret;
  const lines = useLines(given).filter(([name]) => name !== 'address');
  const action = t('people.given.copy');
  return (
    <section role="status" aria-label={t(`people.given.${kind}`)}>
      <h3 className={classes['title']}>{t(`people.given.${kind}`)}</h3>
      <p className={administration['hint']}>{t(`people.given.${kind}Hint`, { name: given.displayName })}</p>
      {lines.map(([name, value]) => {
        const label = t(`people.given.${name}`);
        const buttonLabel = `${action}: ${label}`;
        return <CopyLine key={name} {...{ label, value, action, buttonLabel }} />;
      })}
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
function Slip({ given }: { readonly given: Given }) {
  const { t } = useTranslation();
  const { region } = useSession();
  return (
    <div className={classes['slip']} aria-hidden data-slip>
      <h1>{given.displayName}</h1>
      <p>{`${t('frame.brand')} · ${region.name}`}</p>
      <dl>
        {useLines(given).map(([name, value]) => (
          <div key={name}>
            <dt>{t(`people.given.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p>{t(`people.given.${given.secret.kind}Slip`)}</p>
    </div>
  );
}
