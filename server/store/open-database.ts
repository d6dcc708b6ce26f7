import pg from 'pg';
import { StartupError } from '#server/process/startup-error.ts';
import { API_ROLE } from './api-role-name.ts';
import { apiPasswordOf, derivedPassword } from './api-password.ts';
import { openEmbedded } from './embedded/embedded-postgres.ts';
import type { ServerSettings } from './embedded/start-server.ts';
import { withAdvisoryLock } from './with-advisory-lock.ts';

/** Where the database is: a folder with the embedded PostgreSQL, or somebody's server. */
export type DatabaseSource =
  | { readonly dataDir: string; readonly say?: (line: string) => void; readonly settings?: ServerSettings }
  | { readonly url: string };

/**
 * An open database. `ownerUrl` is for migrations and new regions only; everything else goes through `apiUrl`.
 */
export interface OpenDatabase {
  readonly ownerUrl: string;
  readonly apiUrl: string;
  stop(): Promise<void>;
}

/** The API role's URL to the same database, whichever way the owner's names who comes in. */
export function apiUrlOf(ownerUrl: string, password: string): string {
  const url = new URL(ownerUrl);
  for (const name of ['user', 'password']) url.searchParams.delete(name);
  url.username = API_ROLE;
  url.password = password;
  return url.href;
}

/** Works out the API role's URL; makes its password at the first time where none follows from the owner's. */
async function workOutApiUrl(ownerUrl: string): Promise<string> {
  const derived = derivedPassword(ownerUrl);
  if (derived !== null) return apiUrlOf(ownerUrl, derived);
  const read = (client: pg.Client): Promise<string> => apiPasswordOf(client, ownerUrl);
  return apiUrlOf(ownerUrl, await withAdvisoryLock(ownerUrl, 'migrate', read));
}

const OLDEST_VERSION = 150_000;

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && /^postgres(ql)?:$/.test(url.protocol)) return url;
  throw new StartupError(
    'bad_arguments',
    'DATABASE_URL is not a PostgreSQL address.',
    'Write it like postgres://user:password@host:5432/database.',
  );
}

async function checkServer(ownerUrl: string): Promise<void> {
  const url = parseUrl(ownerUrl);
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 60_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ number: number; name: string }>(
      `select current_setting('server_version_num')::int as number, ` +
        `current_setting('server_version') as name`,
    );
    const version = rows[0];
    if (version !== undefined && version.number >= OLDEST_VERSION) return;
    throw new StartupError(
      'database_too_old',
      `PostgreSQL at ${url.host} is ${version?.name}; Pult needs 15 or newer.`,
      'Upgrade the server, or leave DATABASE_URL out to use the built-in one.',
    );
  } catch (error) {
    if (error instanceof StartupError) throw error;
    const reason = error instanceof Error && error.message !== '' ? error.message : String(error);
    throw new StartupError(
      'database_unreachable',
      `PostgreSQL at ${url.host} does not let us in: ${reason}`,
      'Check DATABASE_URL, the server and its pg_hba.conf.',
      error,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Opens the database: starts or joins the embedded one, or checks the given one. Throws StartupError. */
export async function openDatabase(source: DatabaseSource): Promise<OpenDatabase> {
  if ('url' in source) {
    await checkServer(source.url);
    return { ownerUrl: source.url, apiUrl: await workOutApiUrl(source.url), stop: async () => undefined };
  }
  const embedded = await openEmbedded(source);
  const { ownerUrl } = embedded;
  return { ownerUrl, apiUrl: await workOutApiUrl(ownerUrl), stop: () => embedded.stop() };
}
