import { useTranslation } from 'react-i18next';
import { TextDialog } from '#renderer/triage/acts/text-dialog.tsx';

interface Props {
  readonly incidentId: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onSend: (reason: string) => Promise<boolean>;
}

/** Asks why a reply goes back to whoever wrote it. */
export const SendBackDialog = ({ incidentId, isOpen, onClose, onSend }: Props) => {
  const { t } = useTranslation();
  return (
    <TextDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('approval.sendBack')}
      label={t('approval.reason')}
      action={t('approval.sendBack')}
      draft={`${incidentId}.sendBack`}
      onSend={onSend}
    />
  );
};
