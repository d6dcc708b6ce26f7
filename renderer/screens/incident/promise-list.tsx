import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Incident, PromiseControl } from '#shared/domain/incident.ts';
import { nearestPromise, promiseQuote } from '#shared/domain/promises/promise-quote.ts';
import { KEY_MAP } from '#renderer/kit/keys/keys.ts';
import { useKeys } from '#renderer/kit/keys/use-keys.ts';
import { usePromiseWords } from '#renderer/kit/words/use-promise-words.ts';
import styles from '#renderer/triage/messages/incident.module.css';
import { useIncidentCommand } from '#renderer/triage/acts/use-command.ts';
import { MovePromise } from './move-promise.tsx';

interface AnswersProps {
  readonly incident: Incident;
  readonly promise: PromiseControl;
  readonly isNearest: boolean;
  readonly onMove: () => void;
}

/** Buttons that say of an open promise that it was kept, was not, or is moved. */
const Answers = ({ incident, promise: { id, due }, isNearest, onMove }: AnswersProps) => {
  const { t } = useTranslation();
  const run = useIncidentCommand();
  const settle = (state: 'kept' | 'broken') => () =>
    void run(incident, { name: 'editPromise', args: { promise: id, due, state } });
  return (
    <Group gap="xs" mt={4}>
      <Button size="compact-xs" variant="light" onClick={settle('kept')}>
        {t('promises.kept')}
      </Button>
      <Button size="compact-xs" variant="default" onClick={settle('broken')}>
        {t('promises.broken')}
      </Button>
      <Button size="compact-xs" variant="default" onClick={onMove}>
        {t('promises.move')}
        {isNearest && KEY_MAP.movePromise.shown.map((cap) => <kbd key={cap}>{cap}</kbd>)}
      </Button>
    </Group>
  );
};

/** Dates promised to the author; open ones are answered here: kept, broken, or moved to another day. */
export const PromiseList = ({
  incident,
  canEdit,
}: {
  readonly incident: Incident;
  readonly canEdit: boolean;
}) => {
  const { t } = useTranslation();
  const until = usePromiseWords();
  // Whatever others do meanwhile: the dialog is about what the person saw when opening it.
  const [moved, setMoved] = useState<{ readonly promise: PromiseControl; readonly on: Incident } | null>(
    null,
  );
  const nearest = nearestPromise(incident);
  const move = (promise: PromiseControl): void => setMoved({ promise, on: incident });
  useKeys(canEdit && nearest !== null ? { movePromise: () => move(nearest) } : {});
  if (incident.promises.length === 0) return null;
  return (
    <section className={styles['work']} aria-label={t('promises.title')}>
      <h2>{t('promises.title')}</h2>
      {incident.promises.map((promise) => (
        <div key={promise.id} className={styles['promise']}>
          <b>{until(promise)}</b>
          {` · ${t('promises.quote', { words: promiseQuote(incident, promise) })}`}
          {` · ${t(`promiseState.${promise.state}`)}`}
          {canEdit && promise.state === 'open' && (
            <Answers
              incident={incident}
              promise={promise}
              isNearest={promise.id === nearest?.id}
              onMove={() => move(promise)}
            />
          )}
        </div>
      ))}
      {moved !== null && (
        <MovePromise incident={moved.on} promise={moved.promise} onClose={() => setMoved(null)} />
      )}
    </section>
  );
};
