import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Attachment } from '#shared/domain/attachment.ts';
import { useDraft } from '#renderer/kit/forms/drafts.ts';
import { FileField } from '#renderer/kit/attachments/file-field.tsx';
import { catchFiles, useChosenFiles } from '#renderer/kit/attachments/use-chosen-files.ts';

interface TextDialogProps {
  readonly isOpen: boolean;
  readonly title: string;
  readonly label: string;
  /** Key of the draft that keeps the text until it is accepted. */
  readonly draft: string;
  readonly action: string;
  readonly onClose: () => void;
  /**
   * Files that may be attached: to which incident, and whether they may stand without words. Left out: none.
   */
  readonly attaching?: {
    readonly incident: string;
    readonly label: string;
    readonly mayStandAlone: boolean;
  };
  /** `true` when the text and the files were accepted and their draft may go. */
  readonly onSend: (text: string, files: readonly Attachment[]) => Promise<boolean>;
}

type FormProps = Omit<TextDialogProps, 'isOpen' | 'title'>;

const TextForm = ({ label, draft, action, attaching, onClose, onSend }: FormProps) => {
  const { t } = useTranslation();
  const [text, setText, forget] = useDraft(draft, '');
  const chosen = useChosenFiles(draft);
  const isSaid = text.trim() !== '' || (attaching?.mayStandAlone === true && chosen.files.length > 0);
  const isReady = isSaid && !chosen.isTaking;
  const send = async (): Promise<void> => {
    if (!isReady || !(await onSend(text.trim(), chosen.files))) return;
    forget();
    chosen.forget();
    onClose();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      {...(attaching === undefined ? {} : catchFiles(chosen.add))}
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
        {attaching !== undefined && (
          <FileField incident={attaching.incident} chosen={chosen} label={attaching.label} />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" disabled={!isReady}>
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
