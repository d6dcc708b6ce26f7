import { Checkbox } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { isWorkable } from '#shared/domain/agency-hours.ts';
import type { Agency } from '#shared/domain/directory.ts';
import { usualHours } from '#shared/domain/production-days.ts';
import { sameJson } from '#shared/domain/same-json.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { MovedDeadlines } from '#renderer/kit/deadlines/moved-deadlines.tsx';
import { useMovedDeadlines } from '#renderer/kit/deadlines/use-moved-deadlines.ts';
import { FieldGroup, WIDE } from '#renderer/kit/directory/entry-fields.tsx';
import { hoursWords } from '#renderer/kit/hours/day-words.ts';
import { WeekFields } from '#renderer/kit/hours/week-fields.tsx';
import classes from '#renderer/kit/layout/directory.module.css';
import type { AgencyFields } from './agency-draft.ts';

interface Props {
  readonly form: UseFormReturnType<AgencyFields>;
  /** The agency as the form was opened with; null: a new one. */
  readonly seen: Agency | null;
}

/** The hours an agency works by: the centre's, or its own; and the deadlines that a change would move. */
export function AgencyHours({ form, seen }: Props) {
  const { t } = useTranslation();
  const { calendar } = useReference();
  const { hours } = form.values;
  const error = form.errors['hours'];
  const usual = usualHours(calendar.data.week);
  const put = (week: AgencyFields['hours']): void => form.setFieldValue('hours', week);
  return (
    <FieldGroup title={t('agencies.part.hours')}>
      <Checkbox
        // A refusal brings the focus here; its sentence stands below the hours.
        {...form.getInputProps('hours', { type: 'checkbox', withError: false })}
        label={t('agencies.ownHours')}
        description={
          hours === null
            ? t('agencies.centreHours', { hours: usual === null ? '' : hoursWords(usual) })
            : t('agencies.ownHoursHint')
        }
        checked={hours !== null}
        onChange={(event) => put(event.currentTarget.checked ? (seen?.hours ?? calendar.data.week) : null)}
        style={WIDE}
      />
      {hours !== null && (
        <div style={WIDE}>
          <WeekFields week={hours} onChange={put} />
        </div>
      )}
      {typeof error === 'string' && (
        <p className={classes['bad']} style={WIDE} role="alert">
          {error}
        </p>
      )}
      {seen !== null && !sameJson(hours, seen.hours ?? null) && isWorkable(hours) && (
        <div style={WIDE}>
          <Moved agency={seen.id} week={hours} />
        </div>
      )}
    </FieldGroup>
  );
}

function Moved({ agency, week }: { readonly agency: string; readonly week: AgencyFields['hours'] }) {
  return <MovedDeadlines moved={useMovedDeadlines({ hours: { agency, week } })} />;
}
