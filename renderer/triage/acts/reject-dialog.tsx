import { Button, Group, Modal, Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { REJECT_REASONS, type RejectReason } from '#shared/domain/step.ts';
import { useDraft } from '#renderer/kit/forms/drafts.ts';
import { memberOf } from '#renderer/kit/words/member-of.ts';

interface RejectDialogProps {
  readonly isOpen: boolean;
  /** Key of the draft that keeps the comment until it is sent. */
  readonly draft: string;
  readonly onClose: () => void;
  readonly onReject: (reason: RejectReason, comment: string) => void;
}

/** The reason is nobody's until somebody has chosen it, in this opening of the dialog. */
const RejectForm = ({ draft, onClose, onReject }: Omit<RejectDialogProps, 'isOpen'>) => {
  const { t } = useTranslation();
  const [reason, setReason] = useState<RejectReason | null>(null);
  const [isMissing, setMissing] = useState(false);
  const [comment, setComment, forget] = useDraft(draft, '');
  const choose = (chosen: RejectReason): void => {
    setReason(chosen);
    setMissing(false);
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const isTyping = event.target instanceof HTMLInputElement && event.target.type === 'text';
    const chosen = isTyping ? undefined : REJECT_REASONS[Number(event.key) - 1];
    if (chosen !== undefined) choose(chosen);
  };
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    if (reason === null) return setMissing(true);
    onReject(reason, comment.trim());
    forget();
    onClose();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md" onKeyDown={onKeyDown}>
        <Radio.Group
          value={reason}
          onChange={(value) => choose(memberOf(REJECT_REASONS, value) ?? 'other')}
          label={t('reject.reason')}
          error={isMissing && <span role="alert">{t('reject.chooseReason')}</span>}
        >
          <Stack gap={8} mt={8}>
            {REJECT_REASONS.map((choice, index) => (
              <Radio
                key={choice}
                value={choice}
                label={
                  <>
                    <kbd>{index + 1}</kbd> {t(`rejectReason.${choice}`)}
                  </>
                }
                {...(index === 0 ? { 'data-autofocus': true } : {})}
              />
            ))}
          </Stack>
        </Radio.Group>
        <TextInput
          label={t('reject.comment')}
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit">{t('action.reject')}</Button>
        </Group>
      </Stack>
    </form>
  );
};

/** Asks for the reason of a rejection. Digits choose, Enter rejects. */
export const RejectDialog = ({ isOpen, onClose, ...rest }: RejectDialogProps) => {
  const { t } = useTranslation();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('reject.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <RejectForm {...rest} onClose={onClose} />
    </Modal>
  );
};
