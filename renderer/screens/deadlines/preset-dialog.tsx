import { Button, Group, Modal, Radio } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { POLICY_PRESETS, type PolicyPreset } from '#shared/domain/data/policy-presets.ts';
import { must } from '#shared/domain/must.ts';
import { putPreset } from '#shared/domain/put-preset.ts';
import { useCentreTime, useReference } from '#renderer/kit/context/console-context.tsx';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import { useSaveRecord } from '#renderer/triage/acts/use-save-record.ts';
import classes from './deadlines.module.css';
import { limitWords } from './policy-words.ts';

/** Deadlines as other regions have set them, put in force from now on in the place of the general ones. */
export function PresetDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { policies } = useReference();
  const now = useNow();
  const centreTime = useCentreTime();
  const [first] = POLICY_PRESETS;
  const [chosen, setChosen] = useState<PolicyPreset>(must(first, 'a preset'));
  const save = useSaveRecord('policy');
  const nameOf = (key: string): string => t(`deadlines.preset.${chosen.id}.${key}`);
  const put = async (): Promise<void> => {
    const { ending, beginning } = putPreset(policies, chosen, nameOf, centreTime());
    for (const { seen, row } of ending) if (!(await save(row, seen))) return;
    for (const row of beginning) if (!(await save(row, null))) return;
    onClose();
    tellDone(t('deadlines.presetPut'));
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('deadlines.presets')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void put();
        }}
      >
        <Radio.Group
          label={t('deadlines.presetsLead')}
          value={chosen.id}
          onChange={(id) =>
            setChosen(
              must(
                POLICY_PRESETS.find((preset) => preset.id === id),
                'a preset',
              ),
            )
          }
        >
          <div className={classes['presets']}>
            {POLICY_PRESETS.map((preset, index) => (
              <Preset key={preset.id} preset={preset} isFirst={index === 0} />
            ))}
          </div>
        </Radio.Group>
        <p className={classes['hint']}>
          {t('deadlines.presetEffect', { count: putPreset(policies, chosen, nameOf, now).ending.length })}
        </p>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit">{t('deadlines.putPreset')}</Button>
        </Group>
      </form>
    </Modal>
  );
}

/** A preset with what it says of each start, in a line each. */
function Preset({ preset, isFirst }: { readonly preset: PolicyPreset; readonly isFirst: boolean }) {
  const { t } = useTranslation();
  const reference = useReference();
  const language = useLanguage();
  const lines = preset.policies.map((policy) => {
    const whose = policy.importance === null ? '' : `, ${t(`importance.${policy.importance}`)}`;
    const limit = limitWords(policy, { t, reference, language });
    return `${t(`deadlines.start.${policy.start}`)}${whose}: ${limit}`;
  });
  return (
    <Radio
      value={preset.id}
      label={t(`deadlines.preset.${preset.id}.title`)}
      description={lines.join('; ')}
      data-autofocus={isFirst || undefined}
    />
  );
}
