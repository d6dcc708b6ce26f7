import { useTranslation } from 'react-i18next';
import type { Incident, SourceChange } from '#shared/domain/incident.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import classes from '#renderer/triage/fields/card.module.css';
import { Diff } from './diff.tsx';

/** A change of a message at its source with what it said there before; `before` is null after a deletion. */
interface SourceEntry extends SourceChange {
  readonly before: string | null;
}

/** Lists the changes of one message of an incident (0: the first) in its network, in order. */
export function sourceHistory(incident: Incident, message: number): readonly SourceEntry[] {
  let before: string | null = message === 0 ? incident.text : (incident.messages[message - 1]?.text ?? null);
  return (incident.sourceChanges ?? [])
    .filter((change) => change.message === message)
    .map((change) => {
      const entry = { ...change, before };
      before = change.text;
      return entry;
    });
}

/**
 * Tells that a message was edited or deleted in its network after it came here; what stands above it is our
 * copy.
 */
export const SourceWatch = ({
  incident,
  message,
}: {
  readonly incident: Incident;
  readonly message: number;
}) => {
  const { t } = useTranslation();
  const when = useWhen();
  const now = useNow();
  return sourceHistory(incident, message).map(({ at, before, text }) => {
    const state = text === null ? 'deleted' : before === null ? 'restored' : 'edited';
    return (
      <div key={`${at} ${state}`} className={classes['source']} data-state={state}>
        <b>{t(`source.${state}`)}</b> <span title={when.full(at)}>{when.short(at, now)}</span>
        {state === 'deleted' && <span>{` · ${t('source.kept')}`}</span>}
        {text !== null && before !== null && <Diff before={before} after={text} />}
      </div>
    );
  });
};
