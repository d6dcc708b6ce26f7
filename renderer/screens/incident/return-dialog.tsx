import { Button, Group, Select, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentAgency, type Incident } from '#shared/domain/incident.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { entryChoices } from '#renderer/kit/directory/entry.ts';
import { useDraft } from '#renderer/kit/forms/drafts.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useAct } from '#renderer/triage/acts/use-act.ts';

interface FieldProps {
  readonly incident: Incident;
  readonly value: string | null;
  readonly onChange: (agency: string | null) => void;
}

/** The agency that is named as the right one: any that exists now but the one that has the incident. */
export const NamedAgency = ({ incident, value, onChange }: FieldProps) => {
  const { t } = useTranslation();
  const { agencies } = useReference();
  const choices = entryChoices(agencies, useNow(), currentAgency(incident));
  return (
    <Select
      label={t('returning.target')}
      placeholder={t('returning.noTarget')}
      data={choices}
      value={value}
      onChange={onChange}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('common.clear') }}
      nothingFoundMessage={t('picker.nothing')}
    />
  );
};

interface DialogProps {
  readonly incident: Incident;
  readonly onClose: () => void;
}

/** «Not ours»: why, and whose it is if the agency knows. What is typed survives closing. */
export const ReturnDialog = ({ incident, onClose }: DialogProps) => {
  const { t } = useTranslation();
  const act = useAct();
  const [reason, setReason, forget] = useDraft(`${incident.id}.return`, '');
  const [target, setTarget] = useState<string | null>(null);
  const send = async (): Promise<void> => {
    if (reason.trim() === '') return;
    const command = { name: 'returnToCentre', args: { reason: reason.trim(), target } } as const;
    if (!(await act(incident, command, t('card.returned')))) return;
    forget();
    onClose();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Stack gap="sm">
        <Textarea
          data-autofocus
          label={t('returning.reason')}
          autosize
          minRows={3}
          maxRows={12}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
          }}
        />
        <NamedAgency incident={incident} value={target} onChange={setTarget} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" disabled={reason.trim() === ''}>
            {t('action.returnToCentre')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
