import { Drawer } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { v7 as uuid } from 'uuid';
import { exampleDraft } from '#shared/domain/example-draft.ts';
import { localTimeAt } from '#shared/domain/time-zone.ts';
import { useIncident, useReference } from '#renderer/kit/context/console-context.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { ExampleForm } from './example-form.tsx';
import { ActivityForm, CampaignForm } from './forms.tsx';
import { blankActivity, blankCampaign, nextOrder, type RegisterRecord } from './record-kinds.ts';

interface Opened {
  readonly kind: RegisterRecord['kind'];
  /** `new`, or the record's id. */
  readonly id: string;
  /** The incident a new example case is made of. */
  readonly incident: string | null;
  readonly rows: readonly RegisterRecord[];
  readonly onClose: () => void;
}

/** One record of a register, to be read and changed; nothing where there is none. */
export function RecordDrawer({ kind, id, incident, rows, onClose }: Opened) {
  const { t } = useTranslation();
  const known = rows.find(
    ({ kind: other, row }) => row.id === id || (other === 'example' && row.incident === incident),
  );
  const fresh = useFresh(kind, id, incident, rows);
  const shown = known ?? fresh;
  const isNew = known === undefined;
  return (
    <Drawer
      opened={shown !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title={t(isNew ? `records.new.${kind}` : `records.kindOne.${kind}`)}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {shown !== null && <Form key={shown.row.id} entry={shown} isNew={isNew} onClose={onClose} />}
    </Drawer>
  );
}

interface FormProps {
  readonly entry: RegisterRecord;
  readonly isNew: boolean;
  readonly onClose: () => void;
}

function Form({ entry: { kind, row }, ...rest }: FormProps) {
  switch (kind) {
    case 'campaign':
      return <CampaignForm row={row} {...rest} />;
    case 'activity':
      return <ActivityForm row={row} {...rest} />;
    case 'example':
      return <ExampleForm row={row} {...rest} />;
  }
}

/**
 * A record to begin with, or null: it stays the same while the form is open, whatever others do meanwhile.
 */
function useFresh(
  kind: RegisterRecord['kind'],
  id: string,
  incidentId: string | null,
  rows: readonly RegisterRecord[],
): RegisterRecord | null {
  const { zone } = useReference();
  const today = localTimeAt(zone, useNow()).date;
  const incident = useIncident(incidentId);
  const isKnown = incident !== undefined && incident !== null;
  return useMemo((): RegisterRecord | null => {
    if (id !== 'new') return null;
    const fresh = uuid();
    if (kind === 'campaign') return { kind, row: blankCampaign(fresh, today) };
    if (kind === 'activity') return { kind, row: blankActivity(fresh, today) };
    const examples = rows.flatMap((entry) => (entry.kind === 'example' ? [entry.row] : []));
    return isKnown ? { kind, row: exampleDraft(fresh, incident, zone, nextOrder(examples)) } : null;
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [kind, id, incidentId, isKnown]);
}
