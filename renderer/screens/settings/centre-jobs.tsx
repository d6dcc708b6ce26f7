import { useTranslation } from 'react-i18next';
import { jobsSchema, type JobStatus } from '#shared/protocol/jobs.ts';
import { Freshness } from '#renderer/kit/layout/administration.tsx';
import { askCentre, type CentreAnswer } from '#renderer/kit/api/ask-centre.ts';
import classes from '#renderer/kit/layout/administration.module.css';
import { ScrollTable } from '#renderer/kit/layout/scroll-table.tsx';
import { useCentreQuery } from '#renderer/kit/api/use-centre-query.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import settings from './settings.module.css';

type Jobs = { readonly jobs: readonly JobStatus[] };

const readJobs = (): Promise<CentreAnswer<Jobs>> => askCentre('/api/v1/jobs', jobsSchema);

/** Jobs that the centre does by itself, with their times: for its administrator. */
export function CentreJobs() {
  const { t } = useTranslation();
  const jobs = useCentreQuery(['jobs'], readJobs);
  return (
    <section className={settings['part']} aria-label={t('jobs.title')}>
      <h2>{t('jobs.title')}</h2>
      <p className={settings['hint']}>{t('jobs.hint')}</p>
      <Freshness
        data={jobs}
        nothing={t('jobs.away')}
        kept={(at) => t('jobs.kept', { at })}
        unread={t('jobs.unread')}
      />
      {jobs.value !== null && <JobTable jobs={jobs.value.jobs} />}
    </section>
  );
}

function JobTable({ jobs }: Jobs) {
  const { t } = useTranslation();
  const when = useWhen();
  const now = useNow();
  return (
    <ScrollTable label={t('jobs.table')} heads={['last', 'job', 'next'].map((head) => t(`jobs.${head}`))}>
      {jobs.map((job) => (
        <tr key={job.name}>
          <td>{lastOf(job)}</td>
          <td>
            {t(`jobs.name.${job.name}`, job.name)}
            {job.failure !== null && <Failure failure={job.failure} />}
          </td>
          <td>{job.next === null ? t('jobs.soon') : when.short(job.next, now)}</td>
        </tr>
      ))}
    </ScrollTable>
  );

  function lastOf({ isRunning, lastDone }: JobStatus): string {
    if (isRunning) return t('jobs.running');
    return lastDone === null ? t('jobs.never') : when.short(lastDone, now);
  }
}

/** Failure of a job since it was last done: its reason, and whether a person has to act. */
function Failure({ failure }: { readonly failure: NonNullable<JobStatus['failure']> }) {
  const { t } = useTranslation();
  const when = useWhen();
  const at = when.short(failure.at, useNow());
  return (
    <p className={classes['bad']}>
      {t('jobs.failed', { at, why: t(`jobs.why.${failure.why}`) })}{' '}
      {t(failure.isRetried ? 'jobs.again' : 'jobs.nextTime')}
    </p>
  );
}
