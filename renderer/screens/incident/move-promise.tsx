import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { latestPromise } from '#shared/domain/deferral.ts';
import type { Incident, PromiseControl } from '#shared/domain/incident.ts';
import { promisedMoment } from '#shared/domain/promises/promised-moment.ts';
import { promiseQuote } from '#shared/domain/promises/promise-quote.ts';
import { useReference, useSession } from '#renderer/kit/context/console-context.tsx';
import { FormModal } from '#renderer/kit/forms/form-modal.tsx';
import { useHoldOpen } from '#renderer/kit/forms/hold-open.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { usePromiseWords } from '#renderer/kit/words/use-promise-words.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { useAct } from '#renderer/triage/acts/use-act.ts';

interface Props {
  /** As the person saw it when he opened the dialog. */
  readonly incident: Incident;
  readonly promise: PromiseControl;
  readonly onClose: () => void;
}

/** The day and hour that are typed, the moment they mean, and what is wrong with it. */
function useMoment() {
  const { t } = useTranslation();
  const { calendar } = useReference();
  const now = useNow();
  const [date, setDate] = useState('');
  const [hour, setHour] = useState('');
  const moment = date === '' ? null : promisedMoment(date, hour, calendar);
  const problem =
    date === ''
      ? t('promises.chooseDay')
      : moment === null
        ? t('promises.noSuchDay')
        : moment.due <= now
          ? t('refusal.date_in_past')
          : null;
  return { date, setDate, hour, setHour, moment, problem };
}

const MoveForm = ({ incident, promise, onClose, leave }: Props & { readonly leave: () => void }) => {
  const { t } = useTranslation();
  const act = useAct();
  const { account } = useSession();
  const { regulation } = useReference();
  const when = useWhen();
  const until = usePromiseWords();
  const { date, setDate, hour, setHour, moment, problem } = useMoment();
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  useHoldOpen(`${date}${hour}${reason}`.trim() === '' ? null : 'typed');
  const latest = latestPromise(incident, promise.id, { actor: account, regulation });
  const move = async (): Promise<void> => {
    setTried(true);
    if (moment === null || problem !== null) return;
    const { due, precision = 'day' } = moment;
    const args = { promise: promise.id, due, precision, reason: reason.trim() };
    if (await act(incident, { name: 'movePromise', args }, t('card.promiseMoved'))) onClose();
  };
  const error = isTried && problem !== null ? <span role="alert">{problem}</span> : null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void move();
      }}
    >
      <Stack gap="sm">
        <Text size="sm">
          {t('promises.promised', { until: until(promise) })}
          {': '}
          {t('promises.quote', { words: promiseQuote(incident, promise) })}
        </Text>
        <Group grow align="flex-start">
          <TextInput
            data-autofocus
            type="date"
            label={t('promises.day')}
            value={date}
            error={error}
            onChange={(event) => setDate(event.currentTarget.value)}
          />
          <TextInput
            type="time"
            label={t('promises.hour')}
            description={t('promises.hourHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={hour}
            onChange={(event) => setHour(event.currentTarget.value)}
          />
        </Group>
        {latest !== null && <Text size="xs">{t('promises.bound', { latest: when.full(latest) })}</Text>}
        <TextInput
          label={t('promises.reason')}
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={leave}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" disabled={reason.trim() === ''}>
            {t('promises.moveAction')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

/** Gives a promise another day, with the reason that the history will tell. */
export const MovePromise = (props: Props) => {
  const { t } = useTranslation();
  return (
    <FormModal title={t('promises.moveTitle')} onClose={props.onClose}>
      {(leave) => <MoveForm {...props} leave={leave} />}
    </FormModal>
  );
};
