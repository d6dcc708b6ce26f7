import { existsSync } from 'node:fs';
import { PgBoss } from 'pg-boss';
import { describe, expect, it } from 'vitest';
import { projectPath } from '#server/options.ts';
import { JOBS } from '#server/jobs/jobs.ts';
import en from '#renderer/locales/en.json' with { type: 'json' };
import ru from '#renderer/locales/ru.json' with { type: 'json' };

const boss = new PgBoss('postgres://nobody@127.0.0.1:1/none');

describe('the list of jobs', () => {
  it.each(JOBS)(
    '$name has a file of its name, words in both languages and a time at which it is due',
    (job) => {
      expect(existsSync(projectPath(`server/jobs/${job.name}.ts`))).toBe(true);
      expect(ru.jobs.name).toHaveProperty([job.name]);
      expect(en.jobs.name).toHaveProperty([job.name]);
      expect(boss.previewSchedule(job.cron, { count: 2 })).toHaveLength(2);
    },
  );

  it('names each once', () => {
    expect(new Set(JOBS.map(({ name }) => name)).size).toBe(JOBS.length);
  });
});
