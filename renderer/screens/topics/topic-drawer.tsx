import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import type { TopicRow } from '#renderer/kit/context/reference.ts';
import { SettingDrawer } from '#renderer/kit/directory/setting-drawer.tsx';
import { useSaveSetting } from '#renderer/triage/acts/use-save-setting.ts';
import { BecomeDialog } from './become-dialog.tsx';
import { isAddressOf } from './topic-address.ts';
import { TopicForm } from './topic-form.tsx';

interface Opened {
  /** `new`, or a topic's id as an address has it. */
  readonly address: string;
  readonly onClose: () => void;
}

/** One topic, to be read and changed. */
export function TopicDrawer({ address, onClose }: Opened) {
  const { t } = useTranslation();
  const { topics } = useReference();
  const current = topics.find(({ id }) => isAddressOf(id, address)) ?? null;
  const [isBecoming, setBecoming] = useState(false);
  const save = useSaveSetting('topic', t('directory.asBefore'), onClose);
  return (
    <SettingDrawer<TopicRow>
      id={address}
      current={current}
      title={current?.name ?? t('topics.new')}
      unknown={t('topics.unknown')}
      fieldName={(field) => t(`topics.field.${field}`)}
      onClose={onClose}
    >
      {(seen) => (
        <>
          <TopicForm seen={seen} save={save} onBecome={() => setBecoming(true)} />
          {isBecoming && current !== null && (
            <BecomeDialog topic={current} onSaved={onClose} onClose={() => setBecoming(false)} />
          )}
        </>
      )}
    </SettingDrawer>
  );
}
