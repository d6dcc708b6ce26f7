import { Button, VisuallyHidden } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { KEY_MAP } from '#renderer/kit/keys/keys.ts';
import styles from './preview.module.css';
import { addresseeName, useAddresseeReason } from './triage-fields.tsx';
import type { Triage } from './use-triage.ts';

interface RouteButtonProps {
  readonly triage: Triage;
  readonly onRoute: () => void;
}

/** The arrow of the words, drawn: the console's own font has none, and not every workstation has another. */
const Arrow = ({ children }: { readonly children?: ReactNode }) => (
  <>
    <IconArrowRight size={16} className={styles['arrow']} aria-hidden />
    <VisuallyHidden component="span">{children}</VisuallyHidden>
  </>
);

/**
 * Says to whom Enter sends the message and why, wherever the card is scrolled; or what is to be chosen first.
 */
export const RouteButton = ({ triage, onRoute }: RouteButtonProps) => {
  const { t } = useTranslation();
  const reference = useReference();
  const reason = useAddresseeReason(triage);
  const { topic, addressee } = triage;
  const missing = topic === null ? t('card.firstTopic') : addressee === null ? t('card.firstAgency') : null;
  return (
    <div className={styles['route']}>
      <Button
        fullWidth
        variant={missing === null ? 'filled' : 'light'}
        classNames={{ root: styles['routeButton'] ?? '', label: styles['routeLabel'] ?? '' }}
        onClick={onRoute}
      >
        <span>
          {addressee === null || missing !== null ? (
            t('card.routeAfter')
          ) : (
            <Trans
              i18nKey="card.routeTo"
              values={{ to: addresseeName(reference, addressee) }}
              components={{ arrow: <Arrow /> }}
            />
          )}
        </span>
        <kbd>{KEY_MAP.go.shown[0]}</kbd>
      </Button>
      <small>{missing ?? reason}</small>
    </div>
  );
};
