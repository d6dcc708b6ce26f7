import { Alert, Drawer } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Agency } from '#shared/domain/directory.ts';
import { changedFields } from '#shared/domain/record.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { useSaveSetting, type SaveSetting } from '#renderer/triage/acts/use-save-setting.ts';
import { AgencyForm } from './agency-form.tsx';
import { MergeDialog } from './merge-dialog.tsx';

interface Opened {
  /** `new`, or the agency's id. */
  readonly id: string;
  readonly onClose: () => void;
}

/** One agency, to be read and changed. */
export function AgencyDrawer({ id, onClose }: Opened) {
  const { t } = useTranslation();
  const { agencies } = useReference();
  const current = agencies.find((agency) => agency.id === id) ?? null;
  const [isMerging, setMerging] = useState(false);
  const save = useSaveSetting('agency', t('agencies.asBefore'), onClose);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={current === null ? t('agencies.new') : current.name}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {current === null && id !== 'new' ? (
        <p>{t('agencies.unknown')}</p>
      ) : (
        <Opening key={id} current={current} save={save} onMerge={() => setMerging(true)} />
      )}
      {isMerging && current !== null && (
        <MergeDialog agency={current} save={save} onClose={() => setMerging(false)} />
      )}
    </Drawer>
  );
}

interface OpeningProps {
  readonly current: Agency | null;
  readonly save: SaveSetting<'agency'>;
  readonly onMerge: () => void;
}

/** The form of the agency as it was when it was opened, with a word of what others changed since. */
function Opening({ current, save, onMerge }: OpeningProps) {
  const { t } = useTranslation();
  const [seen] = useState(current);
  const changed = seen === null || current === null ? [] : Object.keys(changedFields(seen, current));
  return (
    <>
      {changed.length > 0 && (
        <Alert color="orange" title={t('agencies.changedMeanwhile')} mb="sm" role="status">
          {changed.map((field) => t(`agencies.field.${field}`)).join(', ')}
        </Alert>
      )}
      <AgencyForm seen={seen} save={save} onMerge={onMerge} />
    </>
  );
}
