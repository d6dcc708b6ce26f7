import { useTranslation } from 'react-i18next';
import classes from '#renderer/kit/layout/entrance.module.css';
import { AddressForm } from '#renderer/kit/address/address-form.tsx';
import { UnreadablePreset } from '#renderer/kit/address/unreadable-preset.tsx';
import { shellHere } from '#renderer/host/shell-state.ts';

/** The first start: where the centre is. */
export const AddressScreen = () => {
  const { t } = useTranslation();
  return (
    <main className={classes['page']}>
      <div className={classes['form']}>
        <h1>{t('frame.brand')}</h1>
        <p className={classes['lead']}>{t('shell.address.lead')}</p>
        <UnreadablePreset />
        <AddressForm known="" onKept={() => shellHere().refresh()} />
      </div>
    </main>
  );
};
