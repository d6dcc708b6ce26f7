import { Modal } from '@mantine/core';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './key-sheet.module.css';
import { KEY_MAP, KEY_SCOPES, type KeyAction } from '#renderer/kit/keys/keys.ts';

const actions = Object.keys(KEY_MAP) as KeyAction[];

/** Every key there is, from the same map the keys are read with. */
export const KeySheet = ({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) => {
  const { t } = useTranslation();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('keys.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <div className={classes['sheet']}>
        {KEY_SCOPES.map((scope) => (
          <Fragment key={scope}>
            <h3 className={classes['group']}>{t(`keys.scope.${scope}`)}</h3>
            {actions
              .filter((action) => KEY_MAP[action].scope === scope)
              .map((action) => (
                <div key={action} className={classes['line']}>
                  <span>{t(`keys.${action}`)}</span>
                  <span className={classes['caps']}>
                    {KEY_MAP[action].shown.map((cap) => (
                      <kbd key={cap}>{cap}</kbd>
                    ))}
                  </span>
                </div>
              ))}
          </Fragment>
        ))}
      </div>
    </Modal>
  );
};
