import { Button, Group, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core';
import type { SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { v7 as uuid } from 'uuid';
import { useLocation } from 'wouter';
import { NETWORKS } from '#shared/domain/incident.ts';
import { useCentreTime, useSession } from '#renderer/kit/context/console-context.tsx';
import { FileField } from '#renderer/kit/attachments/file-field.tsx';
import { catchFiles } from '#renderer/kit/attachments/use-chosen-files.ts';
import { MomentInput } from '#renderer/kit/forms/moment-input.tsx';
import { isWhole, kindsOf, registerArgs } from './register-fields.ts';
import { RegisterLink } from './register-link.tsx';
import { useCommand } from '#renderer/triage/acts/use-command.ts';
import {
  useRegister,
  useRegisterFiles,
  type FoundOutside,
  type RegisterForm as Form,
} from './use-register.ts';

const Origin = ({ fields, set }: Form) => {
  const { t } = useTranslation();
  return (
    <Group grow align="flex-start">
      <Select
        label={t('field.network')}
        placeholder={t('register.choose')}
        data={NETWORKS.map((network) => ({ value: network, label: t(`network.${network}`) }))}
        value={fields.network}
        onChange={(value) => value !== null && set('network', value)}
        allowDeselect={false}
      />
      <Select
        label={t('field.kind')}
        placeholder={t('register.choose')}
        disabled={fields.network === null}
        data={kindsOf(fields.network).map((kind) => ({ value: kind, label: t(`messageKind.${kind}`) }))}
        value={fields.kind}
        onChange={(value) => value !== null && set('kind', value)}
        allowDeselect={false}
      />
      <MomentInput
        label={t('field.writtenAt')}
        value={fields.createdAt}
        onChange={(at) => set('createdAt', at)}
      />
    </Group>
  );
};

const Author = ({ fields, set }: Form) => {
  const { t } = useTranslation();
  return (
    <Group grow align="flex-start">
      <TextInput
        label={t('field.author')}
        value={fields.author}
        onChange={(event) => set('author', event.currentTarget.value)}
      />
      <TextInput
        label={t('register.contact')}
        placeholder={t('register.contactHint')}
        value={fields.contact}
        onChange={(event) => set('contact', event.currentTarget.value)}
      />
    </Group>
  );
};

interface FormProps {
  readonly onClose: () => void;
  /** First values, when the message was found somewhere. */
  readonly found?: FoundOutside | null;
}

/** Gives a function that registers a whole form, closes the dialog and opens the incident. */
function useRegistering({ onClose, found = null }: FormProps): (form: Form) => Promise<void> {
  const run = useCommand();
  const centreTime = useCentreTime();
  const [, goTo] = useLocation();
  const { region } = useSession();
  return async ({ fields, chosen, forget }) => {
    const id = uuid();
    const args = registerArgs(fields, region.code, centreTime(), chosen.files);
    if (!(await run(id, { name: 'register', args }))) return;
    forget();
    found?.onRegistered();
    onClose();
    goTo(`/incident/${id}`);
  };
}

const RegisterForm = ({ onClose, found = null }: FormProps) => {
  const { t } = useTranslation();
  const registering = useRegistering({ onClose, found });
  const form = useRegister(found);
  const { fields, set } = form;
  const chosen = useRegisterFiles(form);
  const isReady = isWhole(fields) && !chosen.isTaking;
  const register = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    if (isReady) await registering({ ...form, chosen });
  };
  return (
    <form onSubmit={(event) => void register(event)} {...catchFiles(chosen.add)}>
      <Stack gap="sm">
        <RegisterLink {...form} />
        <Textarea
          data-autofocus
          label={t('register.text')}
          autosize
          minRows={4}
          maxRows={12}
          lang="ru"
          value={fields.text}
          onChange={(event) => set('text', event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void register(event);
          }}
        />
        <Origin {...form} />
        <Author {...form} />
        <FileField incident="" chosen={chosen} label={t('register.files')} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" disabled={!isReady}>
            {t('action.register')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

/** A message that came past the channels: by phone, by letter, in person, seen by an operator. */
export const RegisterDialog = ({
  isOpen,
  onClose,
  found = null,
}: FormProps & { readonly isOpen: boolean }) => {
  const { t } = useTranslation();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('register.title')}
      size="xl"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <RegisterForm onClose={onClose} found={found} />
    </Modal>
  );
};
