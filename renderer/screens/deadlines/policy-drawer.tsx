import { Alert, Drawer } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeadlinePolicy } from '#shared/domain/deadline.ts';
import { changedFields } from '#shared/domain/record.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { PolicyForm } from './policy-form.tsx';
import { useSavePolicy } from './use-save-policy.ts';

interface Opened {
  /** `new`, or the policy's id. */
  readonly id: string;
  readonly onClose: () => void;
}

/** One deadline, to be read and changed. */
export function PolicyDrawer({ id, onClose }: Opened) {
  const { t } = useTranslation();
  const { policies } = useReference();
  const current = policies.find((policy) => policy.id === id) ?? null;
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={current === null ? t('deadlines.new') : current.name}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {current === null && id !== 'new' ? (
        <p>{t('deadlines.unknown')}</p>
      ) : (
        <Opening current={current} onClose={onClose} />
      )}
    </Drawer>
  );
}

interface OpeningProps {
  readonly current: DeadlinePolicy | null;
  readonly onClose: () => void;
}

/** The form of the policy as it was when it was opened, with a word of what others changed since. */
function Opening({ current, onClose }: OpeningProps) {
  const { t } = useTranslation();
  const [seen] = useState(current);
  const save = useSavePolicy(onClose);
  const changed = seen === null || current === null ? [] : Object.keys(changedFields(seen, current));
  return (
    <>
      {changed.length > 0 && (
        <Alert color="orange" title={t('deadlines.changedMeanwhile')} mb="sm" role="status">
          {changed.map((field) => t(`deadlines.field.${field}`)).join(', ')}
        </Alert>
      )}
      <PolicyForm seen={seen} save={save} />
    </>
  );
}
