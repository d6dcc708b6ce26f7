import { useTranslation } from 'react-i18next';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { SettingDrawer } from '#renderer/kit/directory/setting-drawer.tsx';
import { useSaveSetting } from '#renderer/triage/acts/use-save-setting.ts';
import { RuleForm } from './rule-form.tsx';

interface Opened {
  /** `new`, or the rule's id. */
  readonly id: string;
  readonly onClose: () => void;
}

/** One rule of importance, to be read and changed. */
export function RuleDrawer({ id, onClose }: Opened) {
  const { t } = useTranslation();
  const { importanceRules } = useReference();
  const current = importanceRules.find((rule) => rule.id === id) ?? null;
  const save = useSaveSetting('importance_rule', t('directory.asBefore'), onClose);
  return (
    <SettingDrawer
      id={id}
      current={current}
      title={current?.name ?? t('importanceRules.new')}
      unknown={t('importanceRules.unknown')}
      fieldName={(field) => t(`importanceRules.field.${field}`)}
      onClose={onClose}
    >
      {(seen) => <RuleForm seen={seen} save={save} />}
    </SettingDrawer>
  );
}
