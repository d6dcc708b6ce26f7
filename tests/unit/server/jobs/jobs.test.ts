import { existsSync } from 'node:fs';
import { PgBoss } from 'pg-boss';
import { describe, expect, it } from 'vitest';
import { projectPath } from '#server/options.ts';
import { JOBS } from '#server/jobs/jobs.ts';
import type { RegionChange } from '#server/sync/region-change.ts';
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

  it.each<[RegionChange, readonly string[]]>([
    [{ kind: 'saved', record: 'calendar' }, ['renew-deadlines']],
    [{ kind: 'saved', record: 'policy' }, ['renew-deadlines']],
    [{ kind: 'saved', record: 'agency' }, ['hand-over', 'renew-deadlines']],
    [{ kind: 'saved', record: 'campaign' }, []],
    [{ kind: 'happened', event: 'routed' }, ['send-notices']],
    [{ kind: 'happened', event: 'reply_sent_back' }, ['send-notices']],
    [{ kind: 'happened', event: 'registered' }, ['weigh-importance']],
    [{ kind: 'happened', event: 'classified' }, ['weigh-importance']],
    [{ kind: 'happened', event: 'claimed' }, []],
    [{ kind: 'saved', record: 'importance_rule' }, ['weigh-importance']],
    [{ kind: 'mail_due' }, ['send-notices']],
  ])('after %j runs at once: %j', (change, names) => {
    const following = JOBS.filter((job) => job.each === 'region' && job.follows?.(change) === true);
    expect(following.map(({ name }) => name)).toEqual(names);
  });

  it('names each once', () => {
    expect(new Set(JOBS.map(({ name }) => name)).size).toBe(JOBS.length);
  });
});
