import { Trans, useTranslation } from 'react-i18next';
import { calendarFor, hasOwnHours } from '#shared/domain/agency-hours.ts';
import { yearsWithoutHolidays, type CompiledCalendar } from '#shared/domain/calendar.ts';
import { explainDeadline, type DeadlineExplanation } from '#shared/domain/deadline-explanation.ts';
import { unitMinutesBetween, type DeadlinePolicy } from '#shared/domain/deadline.ts';
import { currentAgency, type Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { TRIAGE_STEPS } from '#shared/domain/step.ts';
import { formatDuration } from '#shared/text/duration.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { agencyName, type Reference } from '#renderer/kit/context/reference.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useLanguage, useWhen } from '#renderer/kit/words/use-words.ts';
import classes from './card.module.css';

/**
 * The deadline taken apart; `null` where none runs, or its policy or the calendar's years are not at hand.
 */
function explain(
  { due }: Incident,
  policies: Reference['policies'],
  calendar: CompiledCalendar,
  now: Instant,
): { readonly policy: DeadlinePolicy; readonly explanation: DeadlineExplanation } | null {
  const policy = policies.find(({ id }) => id === due?.policy);
  if (due === null || policy === undefined) return null;
  try {
    return { policy, explanation: explainDeadline(policy, due.from, calendar, now) };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The deadline with its arithmetic: how much time, counted from when, what did not count, what is left. */
export const DeadlineBlock = ({ incident }: { readonly incident: Incident }) => {
  const { t } = useTranslation();
  const when = useWhen();
  const now = useNow();
  const language = useLanguage();
  const reference = useReference();
  const agency = currentAgency(incident);
  const calendar = calendarFor(reference.calendar, agency);
  const explained = explain(incident, reference.policies, calendar, now);
  if (explained === null) return null;
  const { policy, explanation } = explained;
  if (incident.due !== null && incident.due.at <= now && incident.due.at !== explanation.due)
    return <PassedBefore dueAt={incident.due.at} policy={policy} calendar={calendar} now={now} />;
  const { start, due, allowed, remaining, isOverdue, spans, startEvent, unit } = explanation;
  const counted = spans.find((span) => span.kind === 'counted')?.from ?? start;
  const skipped = [...new Set(spans.flatMap((span) => (span.kind === 'skipped' ? [span.reason] : [])))];
  const reasons = skipped.map((reason) => t(`deadline.skipped.${reason}`)).join(', ');
  // Cut to the minute, as the queue's column beside it is.
  const left = formatDuration(Math.floor(Math.abs(remaining)), language);
  const values = {
    due: when.short(due, now),
    allowed: formatDuration(allowed, language),
    counted: when.short(counted, now),
    left,
  };
  const unknown = unit === 'working' ? yearsWithoutHolidays(calendar, start, Math.max(due, now)) : [];
  const isOurs = TRIAGE_STEPS.has(incident.step.name);
  const notCounted =
    reasons === '' ? '' : `, ${t('deadline.notCounted', { reasons, count: skipped.length })}`;
  return (
    <div className={classes['why']} data-why data-tone={isOverdue ? 'late' : undefined}>
      <Trans
        i18nKey={
          unit === 'working'
            ? counted === start
              ? 'deadline.working'
              : 'deadline.workingFrom'
            : 'deadline.calendar'
        }
        values={values}
        components={{ b: <b /> }}
      />
      {`: ${t(`deadline.start.${startEvent}`, { at: when.short(start, now) })}${notCounted}. `}
      <Trans
        i18nKey={isOverdue ? 'deadline.over' : isOurs ? 'deadline.leftForAgency' : 'deadline.left'}
        values={values}
        components={{ b: <b /> }}
      />
      {agency !== null &&
        unit === 'working' &&
        hasOwnHours(reference.calendar, agency) &&
        ` ${t('deadline.agencyHours', { agency: agencyName(reference, agency) })}`}
      {policy.basis !== null && ` ${t('deadline.basis', { basis: policy.basis })}`}
      {unknown.length > 0 && ` ${t('deadline.withoutCalendar', { years: unknown.join(', ') })}`}
    </div>
  );
};

interface PassedProps {
  readonly dueAt: Instant;
  readonly policy: DeadlinePolicy;
  readonly calendar: CompiledCalendar;
  readonly now: Instant;
}

/** A deadline that passed by the calendar or the policies of before: it stays, whatever they are now. */
function PassedBefore({ dueAt, policy, calendar, now }: PassedProps) {
  const { t } = useTranslation();
  const when = useWhen();
  const language = useLanguage();
  const over = unitMinutesBetween(policy.unit, dueAt, now, calendar);
  return (
    <div className={classes['why']} data-why data-tone="late">
      {t('deadline.asBefore', { due: when.short(dueAt, now) })}{' '}
      <Trans
        i18nKey="deadline.over"
        values={{ left: formatDuration(Math.floor(over), language) }}
        components={{ b: <b /> }}
      />
    </div>
  );
}
