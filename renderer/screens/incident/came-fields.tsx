import { SegmentedControl } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { ANSWER_WAYS, type AnswerWay, type CameAnswer } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { MomentInput } from '#renderer/kit/forms/moment-input.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { memberOf } from '#renderer/kit/words/member-of.ts';
import styles from '#renderer/triage/messages/incident.module.css';

/** How an answer came, as it is entered; the moment is null until somebody names it. */
export interface TypedCame {
  readonly way: AnswerWay | null;
  readonly at: Instant | null;
}

/** The fields as they open: of an answer that was written down before, or of one that is written here. */
export const cameFieldsOf = (came: CameAnswer | undefined): TypedCame => came ?? { way: null, at: null };

/** Says what is wrong with a moment: its key under `came.wrong`; null where it may be. */
export function wrongMoment({ way, at }: TypedCame, createdAt: Instant, now: Instant): string | null {
  if (way === null) return null;
  if (at === null) return 'none';
  if (at > now) return 'future';
  return at < createdAt ? 'past' : null;
}

interface Props {
  readonly value: TypedCame;
  readonly onChange: (value: TypedCame) => void;
  /** Since when the incident is there. */
  readonly createdAt: Instant;
}

/** For the centre: whose words these are, where the agency gave its answer by telephone or on paper. */
export const CameFields = ({ value, onChange, createdAt }: Props) => {
  const { t } = useTranslation();
  const now = useNow();
  const label = useId();
  const wrong = wrongMoment(value, createdAt, now);
  return (
    <div className={styles['came']}>
      <span id={label}>{t('came.label')}</span>
      <SegmentedControl
        size="xs"
        aria-labelledby={label}
        value={value.way ?? 'here'}
        onChange={(way) => onChange({ ...value, way: memberOf(ANSWER_WAYS, way) ?? null })}
        data={['here', ...ANSWER_WAYS].map((way) => ({ value: way, label: t(`came.choice.${way}`) }))}
      />
      {value.way !== null && (
        <div className={styles['cameAt']}>
          <MomentInput
            label={t('came.at')}
            value={value.at}
            onChange={(at) => onChange({ ...value, at })}
            error={wrong === null ? '' : t(`came.wrong.${wrong}`)}
          />
        </div>
      )}
    </div>
  );
};
