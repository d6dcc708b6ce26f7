// A process whose scheduler takes a job and never ends it: `node hanging-job.ts API_URL`. Says `running` once
// it has it.
import { must } from '#shared/domain/must.ts';
import { Scheduler } from '#server/jobs/scheduler.ts';
import { connect } from '#server/store/database.ts';
import { jobContext } from './job-context.ts';
import { TEST_PACE } from './test-pace.ts';

const apiUrl = must(process.argv[2], 'the first argument is the database');
const scheduler = new Scheduler(
  apiUrl,
  jobContext(connect(apiUrl, 1)),
  [
    {
      name: 'test-job',
      cron: '* * * * *',
      each: 'installation',
      run: () => {
        process.stdout.write('running\n');
        return new Promise(() => undefined);
      },
    },
  ],
  TEST_PACE,
);
await scheduler.start((error) => {
  throw error;
});
