import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Agency } from '#shared/domain/directory.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { MergeDialog } from '#renderer/kit/directory/merge-dialog.tsx';
import { SettingDrawer } from '#renderer/kit/directory/setting-drawer.tsx';
import { useSaveSetting, type SaveSetting } from '#renderer/triage/acts/use-save-setting.ts';
import { AgencyForm } from './agency-form.tsx';
import { SplitDialog } from './split-dialog.tsx';
import { useAgencyWork } from './use-agency-work.ts';

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
  const [asked, setAsked] = useState<'merge' | 'split' | null>(null);
  const close = (): void => setAsked(null);
  const save = useSaveSetting('agency', t('directory.asBefore'), onClose);
  return (
    <SettingDrawer
      id={id}
      current={current}
      title={current?.name ?? t('agencies.new')}
      unknown={t('agencies.unknown')}
      fieldName={(field) => t(`agencies.field.${field}`)}
      onClose={onClose}
    >
      {(seen) => (
        <>
          <AgencyForm
            seen={seen}
            save={save}
            onMerge={() => setAsked('merge')}
            onSplit={() => setAsked('split')}
          />
          {asked === 'merge' && current !== null && (
            <MergeAgency agency={current} save={save} onClose={close} />
          )}
          {asked === 'split' && current !== null && (
            <SplitDialog agency={current} save={save} onClose={close} />
          )}
        </>
      )}
    </SettingDrawer>
  );
}

interface MergeProps {
  readonly agency: Agency;
  readonly save: SaveSetting<'agency'>;
  readonly onClose: () => void;
}

/** Hands an agency's work to another. */
function MergeAgency({ agency, save, onClose }: MergeProps) {
  const { t } = useTranslation();
  const { agencies } = useReference();
  const work = useAgencyWork(agency.id);
  const effects = ({ shortName: name }: Agency): readonly string[] | null =>
    work && [
      t('agencies.mergeEffect.open', { count: work.incidents, name }),
      t('agencies.mergeEffect.answers'),
      t('agencies.mergeEffect.routes', { count: work.routes, name }),
      t('agencies.mergeEffect.past', { name: agency.shortName }),
      ...(work.people > 0 ? [t('agencies.mergeEffect.people', { count: work.people })] : []),
    ];
  return (
    <MergeDialog
      entry={agency}
      rows={agencies}
      title={t('agencies.mergeTitle', { name: agency.name })}
      label={t('agencies.mergeInto')}
      effects={effects}
      merge={(merged, { shortName: name }) => save(merged, agency, t('agencies.merged', { name }))}
      onClose={onClose}
    />
  );
}
