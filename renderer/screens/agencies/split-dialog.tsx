import { Button, Group, Modal, Radio, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Agency } from '#shared/domain/directory.ts';
import { judgeAgency } from '#shared/domain/records/judge-agency.ts';
import { MOST_HEIRS, type Heir } from '#shared/domain/split.ts';
import { useCentreTime, useReference } from '#renderer/kit/context/console-context.tsx';
import { entryChoices } from '#renderer/kit/directory/entry.ts';
import { useHoldOpen } from '#renderer/kit/forms/hold-open.ts';
import classes from '#renderer/kit/layout/directory.module.css';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useRefusalWords } from '#renderer/kit/words/use-refusal-words.ts';
import type { SaveSetting } from '#renderer/triage/acts/use-save-setting.ts';
import { heirsIn, newPart, splitAgency, splitFieldsOf, type SplitFields } from './split-draft.ts';
import { SplitEffects } from './split-effects.tsx';
import { SplitPart } from './split-part.tsx';

interface Props {
  readonly agency: Agency;
  readonly save: SaveSetting<'agency'>;
  readonly onClose: () => void;
}

/** Why a split would be refused, in words; null when it would not, or is not filled in yet. */
function useRefusal(agency: Agency, heirs: readonly Heir[] | null, rest: string | null): string | null {
  const { agencies } = useReference();
  const wordsOf = useRefusalWords();
  const at = useNow();
  if (heirs === null) return null;
  const byId = new Map(agencies.map((row) => [row.id, row]));
  const after = splitAgency(agency, heirs, rest, at);
  const refusal = judgeAgency(after, agency, { at, agencies: byId, works: null });
  return refusal === null ? null : wordsOf(refusal);
}

/** Gives parts of an agency's work to others from now on, and says first what that does. */
export function SplitDialog({ agency, save, onClose }: Props) {
  const { t } = useTranslation();
  const centreTime = useCentreTime();
  const [fields, setFields] = useState(() => splitFieldsOf(agency));
  const [isEnding, setEnding] = useState(false);
  useHoldOpen('dialog');
  const rest = isEnding ? fields.rest : null;
  const heirs = isEnding && fields.rest === null ? null : heirsIn(fields);
  const refusal = useRefusal(agency, heirs, rest);
  const run = async (): Promise<void> => {
    if (heirs === null) return;
    const after = splitAgency(agency, heirs, rest, centreTime());
    if (await save(after, agency, t('agencies.split.done'))) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('agencies.split.title', { name: agency.name })}
      size="xl"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="sm">
        <p className={classes['hint']}>{t('agencies.split.hint')}</p>
        <Parts agency={agency} fields={fields} onChange={setFields} />
        <Rest agency={agency} {...{ fields, isEnding, setEnding }} onChange={setFields} />
        {heirs !== null && refusal === null && <SplitEffects agency={agency} heirs={heirs} rest={rest} />}
        {refusal !== null && (
          <p className={classes['bad']} role="alert">
            {refusal}
          </p>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button disabled={heirs === null || refusal !== null} onClick={() => void run()}>
            {t('agencies.split.do')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

interface FieldsProps {
  readonly agency: Agency;
  readonly fields: SplitFields;
  readonly onChange: (fields: SplitFields) => void;
}

function Parts({ agency, fields, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const { parts } = fields;
  const nextKey = Math.max(-1, ...parts.map(({ key }) => key)) + 1;
  return (
    <>
      {parts.map((part, at) => (
        <SplitPart
          key={part.key}
          agency={agency.id}
          number={at + 1}
          part={part}
          onChange={(changed) => onChange({ ...fields, parts: parts.with(at, changed) })}
          onRemove={parts.length === 1 ? null : () => onChange({ ...fields, parts: parts.toSpliced(at, 1) })}
        />
      ))}
      <div>
        <Button
          variant="default"
          disabled={parts.length >= MOST_HEIRS}
          onClick={() => onChange({ ...fields, parts: [...parts, newPart(nextKey)] })}
        >
          {t('agencies.split.add')}
        </Button>
      </div>
    </>
  );
}

interface RestProps extends FieldsProps {
  readonly isEnding: boolean;
  readonly setEnding: (isEnding: boolean) => void;
}

/** Who has what no part names: the agency itself, or another, and then it ends. */
function Rest({ agency, fields, onChange, isEnding, setEnding }: RestProps) {
  const { t } = useTranslation();
  const { agencies } = useReference();
  const choices = entryChoices(agencies, useNow(), agency.id);
  return (
    <>
      <Radio.Group
        label={t('agencies.split.rest')}
        value={isEnding ? 'ends' : 'stays'}
        onChange={(value) => setEnding(value === 'ends')}
      >
        <Stack gap={6} mt={6}>
          <Radio value="stays" label={t('agencies.split.stays', { name: agency.shortName })} />
          <Radio value="ends" label={t('agencies.split.ends', { name: agency.shortName })} />
        </Stack>
      </Radio.Group>
      {isEnding && (
        <Select
          label={t('agencies.split.successor')}
          data={choices}
          value={fields.rest}
          onChange={(rest) => onChange({ ...fields, rest })}
          searchable
          nothingFoundMessage={t('picker.nothing')}
        />
      )}
    </>
  );
}
