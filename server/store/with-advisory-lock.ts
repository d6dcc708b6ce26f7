import pg from 'pg';

/** Numbers of our advisory locks; no other program on the same database uses them. */
export const ADVISORY_LOCKS = { migrate: 7_379_001, firstStart: 7_379_003 } as const;

/** Runs `work` while no other process of this database does the same; the lock ends with its connection, however that ends. */
export async function withAdvisoryLock<T>(
  url: string,
  name: keyof typeof ADVISORY_LOCKS,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [ADVISORY_LOCKS[name]]);
    return await work(client);
  } finally {
    await client.end();
  }
}
