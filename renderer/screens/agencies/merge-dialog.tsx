import { Button, Group, Modal, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { looksOf } from '#shared/domain/records/looks.ts';
import type { Agency } from '#shared/domain/directory.ts';
import { useCentreTime, useReference } from '#renderer/kit/context/console-context.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import type { SaveSetting } from '#renderer/triage/acts/use-save-setting.ts';
import classes from '#renderer/kit/layout/directory.module.css';
import { choicesFor } from './agency-choices.ts';
import { useAgencyWork } from './use-agency-work.ts';

interface Props {
  readonly agency: Agency;
  readonly save: SaveSetting<'agency'>;
  readonly onClose: () => void;
}

/** Hands an agency's work to another from now on, and says first what that does to what is open and past. */
export function MergeDialog({ agency, save, onClose }: Props) {
  const { t } = useTranslation();
  const { agencies } = useReference();
  const centreTime = useCentreTime();
  const choices = choicesFor(agencies, agency.id, useNow());
  const [into, setInto] = useState(() => likeliest(agency, agencies, choices));
  const work = useAgencyWork(agency.id);
  const target = agencies.find(({ id }) => id === into);
  const merge = async (): Promise<void> => {
    if (target === undefined) return;
    const done = t('agencies.merged', { name: target.shortName });
    if (await save({ ...agency, validTo: centreTime(), successor: target.id }, agency, done)) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('agencies.mergeTitle', { name: agency.name })}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Select
        data-autofocus
        label={t('agencies.mergeInto')}
        data={choices}
        value={into}
        onChange={setInto}
        searchable
        nothingFoundMessage={t('picker.nothing')}
      />
      {target !== undefined && work !== null && (
        <ul className={classes['effects']}>
          <li>{t('agencies.mergeEffect.open', { count: work.incidents, name: target.shortName })}</li>
          <li>{t('agencies.mergeEffect.answers')}</li>
          <li>{t('agencies.mergeEffect.routes', { count: work.routes, name: target.shortName })}</li>
          <li>{t('agencies.mergeEffect.past', { name: agency.shortName })}</li>
          {work.people > 0 && <li>{t('agencies.mergeEffect.people', { count: work.people })}</li>}
        </ul>
      )}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button disabled={target === undefined || work === null} onClick={() => void merge()}>
          {t('agencies.merge')}
        </Button>
      </Group>
    </Modal>
  );
}

/** The agency whose name looks most like it: one is the beginning of the other. */
function likeliest(
  agency: Agency,
  agencies: readonly Agency[],
  choices: readonly { readonly value: string }[],
): string | null {
  const open = new Set(choices.map(({ value }) => value));
  const looks = looksOf(agency.name);
  const alike = agencies.find(
    ({ id, name, shortName }) =>
      open.has(id) &&
      [name, shortName].map(looksOf).some((other) => other.startsWith(looks) || looks.startsWith(other)),
  );
  return alike?.id ?? null;
}
