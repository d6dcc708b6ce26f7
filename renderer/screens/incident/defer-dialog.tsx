import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { latestDeferral } from '#shared/domain/deferral.ts';
import type { Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { useReference, useSession } from '#renderer/kit/context/console-context.tsx';
import { useHoldOpen } from '#renderer/kit/forms/hold-open.ts';
import { MomentInput } from '#renderer/kit/forms/moment-input.tsx';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { useAct } from '#renderer/triage/acts/use-act.ts';

interface DialogProps {
  readonly incident: Incident;
  readonly onClose: () => void;
}

/** Puts an incident off until a moment that a person names, and says why. */
export const DeferDialog = ({ incident, onClose }: DialogProps) => {
  const { t } = useTranslation();
  const act = useAct();
  const { account } = useSession();
  const { regulation } = useReference();
  const when = useWhen();
  const latest = latestDeferral(incident, { actor: account, regulation });
  // Nobody's until somebody names it: a day that stood here would be promised to the resident by one Enter.
  const [until, setUntil] = useState<Instant | null>(null);
  const [isMissing, setMissing] = useState(false);
  const [reason, setReason] = useState('');
  useHoldOpen(until === null && reason.trim() === '' ? null : 'typed');
  const defer = async (): Promise<void> => {
    if (until === null) return setMissing(true);
    const command = { name: 'defer', args: { until, reason: reason.trim() } } as const;
    if (await act(incident, command, t('card.deferred'))) onClose();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void defer();
      }}
    >
      <Stack gap="sm">
        <MomentInput
          label={t('field.until')}
          value={until}
          onChange={setUntil}
          error={isMissing && until === null ? t('defer.chooseMoment') : ''}
          {...(latest !== null && { hint: t('defer.bound', { latest: when.full(latest) }) })}
        />
        <TextInput
          data-autofocus
          label={t('defer.reason')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button type="submit" disabled={reason.trim() === ''}>
            {t('action.defer')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
