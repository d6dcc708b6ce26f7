import { Button, Group, Modal, Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { REJECT_REASONS, type RejectReason } from '#shared/domain/step.ts';

interface RejectDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onReject: (reason: RejectReason, comment: string) => void;
}

/** Why a message is not taken into work. Digits choose, Enter rejects. */
export const RejectDialog = ({ isOpen, onClose, onReject }: RejectDialogProps) => {
  const { t } = useTranslation();
  const [reason, setReason] = useState<RejectReason>('not_a_request');
  const [comment, setComment] = useState('');
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const chosen =
      event.target instanceof HTMLInputElement && event.target.type === 'text'
        ? undefined
        : REJECT_REASONS[Number(event.key) - 1];
    if (chosen !== undefined) setReason(chosen);
  };
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('reject.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onReject(reason, comment.trim());
          onClose();
        }}
      >
        <Stack gap="md" onKeyDown={onKeyDown}>
          <Radio.Group
            value={reason}
            onChange={(value) => setReason(REJECT_REASONS.find((one) => one === value) ?? 'other')}
            label={t('reject.reason')}
          >
            <Stack gap={8} mt={8}>
              {REJECT_REASONS.map((one, index) => (
                <Radio
                  key={one}
                  value={one}
                  label={
                    <>
                      <kbd>{index + 1}</kbd> {t(`rejectReason.${one}`)}
                    </>
                  }
                  {...(one === reason ? { 'data-autofocus': true } : {})}
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
    </Modal>
  );
};
