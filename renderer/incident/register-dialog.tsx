import { Button, Group, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { v7 as uuid } from 'uuid';
import { useLocation } from 'wouter';
import { MESSAGE_KINDS, NETWORKS, type MessageKind, type Network } from '#shared/domain/incident.ts';
import { useSession } from '#renderer/app/console-context.tsx';
import { useDraft } from '#renderer/app/drafts.ts';
import { MomentInput } from './moment-input.tsx';
import { useCommand } from './use-command.ts';

const RegisterForm = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const run = useCommand();
  const [, goTo] = useLocation();
  const { region } = useSession();
  const [text, setText, forget] = useDraft('register.text', '');
  const [author, setAuthor] = useState('');
  const [url, setUrl] = useState('');
  const [network, setNetwork] = useState<Network>('vk');
  const [kind, setKind] = useState<MessageKind>('comment');
  const [createdAt, setCreatedAt] = useState(() => Date.now());
  const register = async (): Promise<void> => {
    const id = uuid();
    const source = {
      network,
      kind,
      url: url.trim(),
      placeUrl: '',
      audience: null,
      engagement: null,
      hasMedia: false,
    };
    const args = {
      region: region.code,
      createdAt: Math.min(createdAt, Date.now()),
      text: text.trim(),
      source,
      author: { name: author.trim(), url: '' },
    };
    if (!(await run(id, { name: 'register', args }))) return;
    forget();
    onClose();
    goTo(`/incident/${id}`);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void register();
      }}
    >
      <Stack gap="sm">
        <Textarea
          data-autofocus
          label={t('register.text')}
          autosize
          minRows={4}
          maxRows={12}
          lang="ru"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Group grow align="flex-start">
          <Select
            label={t('field.network')}
            data={NETWORKS.map((one) => ({ value: one, label: t(`network.${one}`) }))}
            value={network}
            onChange={(value) => value !== null && setNetwork(value)}
            allowDeselect={false}
          />
          <Select
            label={t('field.kind')}
            data={MESSAGE_KINDS.map((one) => ({ value: one, label: t(`messageKind.${one}`) }))}
            value={kind}
            onChange={(value) => value !== null && setKind(value)}
            allowDeselect={false}
          />
        </Group>
        <Group grow align="flex-start">
          <TextInput
            label={t('field.author')}
            value={author}
            onChange={(event) => setAuthor(event.currentTarget.value)}
          />
          <MomentInput label={t('field.writtenAt')} value={createdAt} onChange={setCreatedAt} />
        </Group>
        <TextInput
          label={t('field.url')}
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" disabled={text.trim() === ''}>
            {t('action.register')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

/** A message that came past the channels: by phone, in person, seen by an operator. */
export const RegisterDialog = ({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) => {
  const { t } = useTranslation();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('register.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <RegisterForm onClose={onClose} />
    </Modal>
  );
};
