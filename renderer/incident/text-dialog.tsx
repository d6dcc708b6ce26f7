import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDraft } from '#renderer/app/drafts.ts';

interface TextDialogProps {
  readonly isOpen: boolean;
  readonly title: string;
  readonly label: string;
  /** Where the text is kept until it is accepted. */
  readonly draft: string;
  readonly action: string;
  readonly onClose: () => void;
  /** `true` when the text was accepted and its draft may go. */
  readonly onSend: (text: string) => Promise<boolean>;
}

const TextForm = ({ label, draft, action, onClose, onSend }: Omit<TextDialogProps, 'isOpen' | 'title'>) => {
  const { t } = useTranslation();
  const [text, setText, forget] = useDraft(draft, '');
  const send = async (): Promise<void> => {
    if (text.trim() === '' || !(await onSend(text.trim()))) return;
    forget();
    onClose();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Stack gap="sm">
        <Textarea
          data-autofocus
          label={label}
          autosize
          minRows={3}
          maxRows={12}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
          }}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" disabled={text.trim() === ''}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

/** A reason or a note in the person's own words; what is typed survives closing. */
export const TextDialog = ({ isOpen, title, onClose, ...rest }: TextDialogProps) => {
  const { t } = useTranslation();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={title}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <TextForm {...rest} onClose={onClose} />
    </Modal>
  );
};
