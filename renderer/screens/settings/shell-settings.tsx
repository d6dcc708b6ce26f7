import { Button, Modal, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tellDone, tellTrouble } from '#renderer/kit/toasts/toasts.tsx';
import { callShell, ShellRefused } from '#renderer/host/shell-bridge.ts';
import classes from './settings.module.css';
import { AddressForm } from '#renderer/kit/address/address-form.tsx';
import { UnreadablePreset } from '#renderer/kit/address/unreadable-preset.tsx';
import { shellHere, useShellState } from '#renderer/host/shell-state.ts';

/** Runs a change of the shell's settings and shows what it came to. */
function useChange(): (change: () => Promise<boolean>) => void {
  const { t } = useTranslation();
  return (change) => {
    const run = async (): Promise<void> => {
      try {
        if (await change()) tellDone(t('shell.settings.changed'));
        else tellTrouble(t('shell.address.not_an_address'), t('common.close'));
        await shellHere().refresh();
      } catch (error) {
        if (!(error instanceof ShellRefused)) throw error;
        tellTrouble(t(`shell.refused.${error.kind}`), t('common.close'));
      }
    };
    void run();
  };
}

const UpdateAddress = ({ known, isPreset }: { readonly known: string; readonly isPreset: boolean }) => {
  const { t } = useTranslation();
  const [address, setAddress] = useState(known);
  const change = useChange();
  const { bridge } = shellHere();
  return (
    <div className={classes['line']}>
      <span>{t('shell.settings.updates')}</span>
      <TextInput
        aria-label={t('shell.settings.updates')}
        placeholder={t('shell.settings.updatesOff')}
        value={address}
        disabled={isPreset}
        onChange={(event) => setAddress(event.currentTarget.value)}
      />
      <Button
        variant="default"
        disabled={isPreset || address === known}
        onClick={() =>
          change(async () => (await callShell(bridge, 'shell.setUpdateAddress', address)).kind === 'fine')
        }
      >
        {t('shell.settings.keep')}
      </Button>
    </div>
  );
};

/** Choices of the application around the console; nothing in a browser. */
export const ShellSettings = () => {
  const { t } = useTranslation();
  const state = useShellState();
  const change = useChange();
  const [isAsking, setAsking] = useState(false);
  if (state === null) return null;
  const shell = shellHere();
  const { bridge } = shell;
  const { preset } = state;
  const isPreset = preset.kind === 'read';
  const address = state.stage.kind === 'ready' ? state.stage.addresses.join(', ') : '';
  return (
    <section className={classes['part']}>
      <h2>{t('shell.settings.title')}</h2>
      <div className={classes['line']}>
        <span>{t('shell.address.label')}</span>
        <span>{address}</span>
        {!isPreset && (
          <Button variant="default" onClick={() => setAsking(true)}>
            {t('shell.settings.change')}
          </Button>
        )}
      </div>
      {preset.kind === 'read' && (
        <p className={classes['hint']}>{t('shell.preset.read', { path: preset.path })}</p>
      )}
      <UnreadablePreset />
      <div className={classes['line']}>
        <span>{t('shell.settings.login')}</span>
        <span>{t(`shell.keeping.${state.keeping}`)}</span>
      </div>
      <div className={classes['line']}>
        <span>{t('shell.settings.unsentFiles')}</span>
        <span>{t(`shell.sealing.${state.sealing}`)}</span>
      </div>
      <UpdateAddress known={state.updateAddress} isPreset={isPreset && preset.isUpdatesSet} />
      <div className={classes['line']}>
        <span>{t('shell.settings.sqlite')}</span>
        <Switch
          aria-label={t('shell.settings.sqlite')}
          checked={state.isSqliteTried}
          onChange={({ currentTarget: { checked } }) =>
            change(async () => (await callShell(bridge, 'shell.trySqlite', checked)) === null)
          }
        />
      </div>
      <p className={classes['hint']}>{t('shell.settings.sqliteHint')}</p>
      <Modal
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t('shell.address.label')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <AddressForm
          known={address}
          onKept={async () => {
            setAsking(false);
            await shell.refresh();
          }}
        />
      </Modal>
    </section>
  );
};
