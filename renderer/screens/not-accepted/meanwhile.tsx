import { useTranslation } from 'react-i18next';
import type { Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { withOldValues } from '#shared/domain/old-values.ts';
import { useHistoryWords } from '#renderer/triage/messages/history.tsx';
import classes from './not-accepted.module.css';

/** Number of lines that are told; the whole history is on the card. */
const MOST_LINES = 8;

interface MeanwhileProps {
  readonly incident: Incident;
  /** Of the first act of one's own that was not accepted, or of what stood in its way. */
  readonly since: Instant;
  /** Whose acts are not told of: they are the other side. */
  readonly actor: string;
}

/** Tells in words what others did to an incident after one's own act, by whose hand and when. */
export const Meanwhile = ({ incident, since, actor }: MeanwhileProps) => {
  const { t } = useTranslation();
  const words = useHistoryWords(incident.source.network);
  const lines = withOldValues(incident)
    .filter(({ at, by, event, undone }) => at >= since && by !== actor && event !== 'due_set' && !undone)
    .slice(-MOST_LINES);
  if (lines.length === 0) return null;
  return (
    <section>
      <h3 className={classes['side']}>{t('notAccepted.meanwhile')}</h3>
      <ul className={classes['meanwhile']}>
        {lines.map((entry, index) => {
          const { what, who, at } = words(entry);
          return <li key={`${entry.at} ${index}`}>{t('notAccepted.line', { what, who, at })}</li>;
        })}
      </ul>
    </section>
  );
};
