import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import { issueName } from '#shared/report/paper/issue-mark.ts';
import { periodName } from '#shared/report/paper/period-name.ts';
import type { Changed, Measure, ReportDiff, ReportPart } from '#shared/report/summary/report-diff.ts';
import { percent, signed, whole } from '#shared/report/paper/sheet-text.ts';
import { formatDuration, type Language } from '#shared/text/duration.ts';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import { figureWords } from '#renderer/kit/summary/figure-words.ts';
import { partList } from './part-list.ts';
import classes from '#renderer/kit/summary/report.module.css';

interface Props {
  readonly diff: ReportDiff;
  /** The summary as it is now: names of what is counted come from it. */
  readonly report: PeriodReport;
  readonly was: PeriodReport;
  readonly onFigure: (figure: string) => void;
}

const MINUTES: ReadonlySet<Measure> = new Set([
  'meanWorking',
  'medianWorking',
  'meanWall',
  'medianWall',
  'approval',
  'meanReply',
]);

function valueText(value: number | null, measure: Measure, language: Language): string {
  if (value === null) return '—';
  if (MINUTES.has(measure)) return formatDuration(value, language);
  return measure === 'inTimeShare'
    ? percent(value, language)
    : whole(Math.round(value * 100) / 100, language);
}

function moveText({ was, now, measure }: Changed, language: Language): string {
  if (was === null || now === null) return '';
  if (!MINUTES.has(measure))
    return measure === 'inTimeShare' ? '' : signed(Math.round((now - was) * 100) / 100, language);
  const minutes = formatDuration(now - was, language);
  return now > was ? `+${minutes}` : minutes;
}

function nameOf(
  line: Changed,
  { report, was }: Pick<Props, 'report' | 'was'>,
  t: TFunction,
  language: Language,
): string {
  const { figure, measure, opens } = line;
  const isElsewhere = ['previous', 'yearAgo', 'yearToDate', 'lastYearToDate'].includes(figure);
  const known = report.agencies.some(({ agency }) => figure.endsWith(`:${agency}`)) ? report : was;
  const name = isElsewhere ? t(`report.changes.of.${figure}`) : figureWords(figure, known, t, language).title;
  return measure === 'count' && opens ? name : t(`report.measure.${measure}`, { name });
}

/**
 * Every number that is not what it was when the summary was issued; those of the period itself open their
 * incidents.
 */
export function ChangesTable({ diff, report, was, onFigure }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const parts = [...new Set(diff.lines.map(({ part }) => part))];
  return (
    <article className={classes['changes']}>
      <h1>
        {t('report.changes.title', { period: periodName({ form: report.form, ...report.period }, language) })}
      </h1>
      {was.issued !== undefined && <p>{issueName(was.issued, was.timeZone, language)}</p>}
      {diff.lines.length === 0 ? (
        <p>{t('report.changes.none')}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{t('report.changes.figure')}</th>
              <th scope="col">{t('report.changes.was')}</th>
              <th scope="col">{t('report.changes.now')}</th>
              <th scope="col">{t('report.changes.move')}</th>
            </tr>
          </thead>
          {parts.map((part) => (
            <Part key={part} part={part} diff={diff} report={report} was={was} onFigure={onFigure} />
          ))}
        </table>
      )}
      {diff.others.length > 0 && <p>{t('report.changes.others', { parts: partList(diff.others, t) })}</p>}
    </article>
  );
}

function Part({ part, diff, onFigure, ...reports }: Props & { readonly part: ReportPart }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={4}>
          {t(`report.part.${part}`)}
        </th>
      </tr>
      {diff.lines
        .filter((line) => line.part === part)
        .map((line) => {
          const now = valueText(line.now, line.measure, language);
          const name = nameOf(line, reports, t, language);
          return (
            <tr key={`${line.figure} ${line.measure}`}>
              <th scope="row">{name}</th>
              <td>{valueText(line.was, line.measure, language)}</td>
              <td>
                {line.opens ? (
                  <button
                    type="button"
                    aria-haspopup="dialog"
                    aria-label={`${now}. ${name}`}
                    onClick={() => onFigure(line.figure)}
                  >
                    {now}
                  </button>
                ) : (
                  now
                )}
              </td>
              <td>{moveText(line, language)}</td>
            </tr>
          );
        })}
    </tbody>
  );
}
