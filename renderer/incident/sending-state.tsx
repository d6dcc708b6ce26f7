import { Alert, Button, Group } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Incident } from '#shared/domain/incident.ts';
import { tellDone, tellTrouble } from '#renderer/app/toasts.tsx';
import { useWhen } from '#renderer/app/use-words.ts';
import { cancelSending, readSending, type Sending } from './sending-api.ts';

const EVERY_MS = 2000;

/** States in which a person has to look. */
const CALLS = new Set<Sending['state']>(['possibly_sent', 'needs_you', 'cancelled']);

/** What the network said, in words; one without words of its own is told by its number, which an administrator looks up. */
function problemOf(problem: string | null, t: TFunction): string {
  const [network = '', code = ''] = (problem ?? '').split(':', 2);
  if (code === '' || code === 'unreachable') return t('sending.unreachable');
  const name = t(`network.${network}`, { defaultValue: network });
  return t(`sending.problem.${network}.${code}`, {
    defaultValue: t('sending.otherProblem', { network: name, code }),
  });
}

/** How far Pult itself has come with publishing the approved reply, so that nobody publishes it a second time by hand. */
export const SendingState = ({ incident }: { readonly incident: Incident }) => {
  const { t } = useTranslation();
  const when = useWhen();
  const [sending, setSending] = useState<Sending | null>(null);
  const { id, replies } = incident;
  useEffect(() => {
    let isHere = true;
    const look = async (): Promise<void> => {
      const next = await readSending(id);
      // Without an answer the last one stands: it is what keeps a person from publishing twice.
      if (isHere && next !== null) setSending(next);
    };
    void look();
    const timer = setInterval(() => void look(), EVERY_MS);
    return () => {
      isHere = false;
      clearInterval(timer);
    };
  }, [id]);
  // A row of an earlier reply says nothing about this one.
  if (sending === null || sending.reply !== replies.length - 1) return null;
  const undo = async (): Promise<void> => {
    if (await cancelSending(sending.id)) tellDone(t('sending.undone'));
    else tellTrouble(t('sending.tooLate'), t('common.close'));
    setSending((await readSending(id)) ?? sending);
  };
  const words = { at: when.time(sending.notBefore), problem: problemOf(sending.problem, t) };
  const canUndo = sending.state === 'queued' || sending.state === 'waiting';
  return (
    <Alert role="status" mb="sm" color={CALLS.has(sending.state) ? 'red' : 'blue'} title={t('sending.title')}>
      <Group justify="space-between">
        <span>{t(`sending.state.${sending.state}`, words)}</span>
        {canUndo && (
          <Button size="xs" variant="light" onClick={() => void undo()}>
            {t('sending.undo')}
          </Button>
        )}
      </Group>
    </Alert>
  );
};
