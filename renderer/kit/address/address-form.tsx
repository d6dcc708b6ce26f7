import { Button, Code, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { AddressVerdict } from '#shared/protocol/ipc.ts';
import { callShell, ShellRefused } from '#renderer/host/shell-bridge.ts';
import classes from '#renderer/kit/layout/entrance.module.css';
import { shellHere } from '#renderer/host/shell-state.ts';

interface Trouble {
  readonly text: string;
  readonly detail: string;
}

function troubleOf({ kind, detail }: AddressVerdict, t: TFunction): Trouble | null {
  return kind === 'fine' ? null : { text: t(`shell.address.${kind}`), detail };
}

async function keep(address: string, t: TFunction): Promise<Trouble | null> {
  try {
    return troubleOf(await callShell(shellHere().bridge, 'shell.useAddress', address), t);
  } catch (error) {
    if (!(error instanceof ShellRefused)) throw error;
    return { text: t(`shell.refused.${error.kind}`), detail: error.message };
  }
}

/** The address of the centre: tried before it is kept, and what is wrong is said in words. */
export const AddressForm = ({
  known,
  onKept,
}: {
  readonly known: string;
  readonly onKept: () => Promise<void> | void;
}) => {
  const { t } = useTranslation();
  const [address, setAddress] = useState(known);
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const submit = async (): Promise<void> => {
    setBusy(true);
    setTrouble(null);
    const found = await keep(address, t);
    setTrouble(found);
    setBusy(false);
    if (found === null) await onKept();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={t('shell.address.label')}
          description={t('shell.address.hint')}
          name="address"
          autoComplete="off"
          spellCheck={false}
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        {trouble !== null && (
          <div className={classes['trouble']} role="alert">
            {trouble.text}
            {trouble.detail !== '' && <Code block>{trouble.detail}</Code>}
          </div>
        )}
        <Button type="submit" loading={isBusy} disabled={address.trim() === ''}>
          {t('shell.address.try')}
        </Button>
      </Stack>
    </form>
  );
};
