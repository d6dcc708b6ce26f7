import { useTranslation } from 'react-i18next';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { SettingDrawer } from '#renderer/kit/directory/setting-drawer.tsx';
import { useSaveSetting } from '#renderer/triage/acts/use-save-setting.ts';
import { PolicyForm } from './policy-form.tsx';

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
  const save = useSaveSetting('policy', t('directory.asBefore'), onClose);
  return (
    <SettingDrawer
      id={id}
      current={current}
      title={current?.name ?? t('deadlines.new')}
      unknown={t('deadlines.unknown')}
      fieldName={(field) => t(`deadlines.field.${field}`)}
      onClose={onClose}
    >
      {(seen) => <PolicyForm seen={seen} save={save} />}
    </SettingDrawer>
  );
}
