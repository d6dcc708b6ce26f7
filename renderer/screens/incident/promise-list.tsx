import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Incident } from '#shared/domain/incident.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import styles from '#renderer/triage/messages/incident.module.css';
import { useIncidentCommand } from '#renderer/triage/acts/use-command.ts';

/** Dates promised to the author; open ones are answered here: kept or broken. */
export const PromiseList = ({
  incident,
  canEdit,
}: {
  readonly incident: Incident;
  readonly canEdit: boolean;
}) => {
  const { t } = useTranslation();
  const when = useWhen();
  const run = useIncidentCommand();
  if (incident.promises.length === 0) return null;
  return (
    <section className={styles['work']} aria-label={t('promises.title')}>
      <h2>{t('promises.title')}</h2>
      {incident.promises.map(({ id, phrase, due, state }) => (
        <Group key={id} gap="xs" mt={6}>
          <span>{`${phrase} · ${when.day(due)} ${when.time(due)} · ${t(`promiseState.${state}`)}`}</span>
          {canEdit && state === 'open' && (
            <>
              <Button
                size="compact-xs"
                variant="light"
                onClick={() =>
                  void run(incident, { name: 'editPromise', args: { promise: id, due, state: 'kept' } })
                }
              >
                {t('promises.kept')}
              </Button>
              <Button
                size="compact-xs"
                variant="default"
                onClick={() =>
                  void run(incident, { name: 'editPromise', args: { promise: id, due, state: 'broken' } })
                }
              >
                {t('promises.broken')}
              </Button>
            </>
          )}
        </Group>
      ))}
    </section>
  );
};
