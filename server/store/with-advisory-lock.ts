import pg from 'pg';

/** Numbers of our advisory locks; no other program on the same database uses them. */
export const ADVISORY_LOCKS = { migrate: 7_379_001, firstStart: 7_379_003 } as const;

/**
 * Runs `work` while no other process of this database does the same; the lock ends with its connection,
 * however that ends. `onWait` is told when another process has it.
 */
export async function withAdvisoryLock<T>(
  url: string,
  name: keyof typeof ADVISORY_LOCKS,
  work: (client: pg.Client) => Promise<T>,
  onWait: () => void = () => undefined,
): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const lock = [ADVISORY_LOCKS[name]];
    const { rows } = await client.query<{ isOurs: boolean }>(
      'select pg_try_advisory_lock($1) as "isOurs"',
      lock,
    );
    if (rows[0]?.isOurs !== true) {
      onWait();
      await client.query('select pg_advisory_lock($1)', lock);
    }
    return await work(client);
  } finally {
    await client.end();
  }
}
