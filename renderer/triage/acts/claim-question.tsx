import { Button, Group, Modal, Stack } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { personName } from '#renderer/kit/context/reference.ts';
import { useIsLive } from '#renderer/kit/context/use-is-live.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import type { ClaimedByOther } from './claim-asks.ts';
import { useClaimAsks } from './use-claim-asks.ts';
import { useNumberWords } from './use-number-words.ts';

/** Number of incidents that the question names one by one. */
const NAMED = 5;

const Words = ({ claimed }: { readonly claimed: readonly ClaimedByOther[] }) => {
  const { t } = useTranslation();
  const reference = useReference();
  const numberOf = useNumberWords();
  const when = useWhen();
  const now = useNow();
  const isLive = useIsLive();
  const more = claimed.length - NAMED;
  return (
    <div>
      {claimed.slice(0, NAMED).map(({ incident, claimant, until }) => (
        <p key={incident.id}>
          {t('claimed.by', {
            about: numberOf(incident),
            name: personName(reference, claimant),
            until: when.short(until, now),
          })}
        </p>
      ))}
      {more > 0 && <p>{t('claimed.more', { count: more })}</p>}
      {!isLive && <p>{t('claimed.offline')}</p>}
      <p>{t('claimed.lead')}</p>
    </div>
  );
};

/** Asks before a gesture on what a colleague has claimed, whatever key or button it came from. */
export const ClaimQuestion = () => {
  const { t } = useTranslation();
  const asks = useClaimAsks();
  const asked = useSyncExternalStore(asks.watch, asks.current);
  return (
    <Modal
      opened={asked !== null}
      onClose={() => asked?.answer(false)}
      title={t('claimed.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {asked !== null && (
        <Stack gap="sm">
          <Words claimed={asked.claimed} />
          <Group justify="flex-end">
            <Button variant="default" data-autofocus onClick={() => asked.answer(false)}>
              {t('common.cancel')}
            </Button>
            <Button onClick={() => asked.answer(true)}>{t('claimed.act')}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
};
