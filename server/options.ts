import { fileURLToPath } from 'node:url';
import { DEMO_MONTHS } from './demo/recipes.ts';
import { isNetwork } from './net/safe-address.ts';
import { commandLine } from './process/command-line.ts';
import { StartupError } from './process/startup-error.ts';
import type { DatabaseSource } from './store/open-database.ts';

/** How the central API was asked to run. */
export interface ServerOptions {
  readonly host: string;
  readonly port: number;
  /** The port was asked for, so another one will not do. */
  readonly isPortFixed: boolean;
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly isConsoleServed: boolean;
  readonly isBrowserOpened: boolean;
  readonly metricsToken: string | null;
  /** Where networks reach this API from outside, without a slash at the end; null when they do not. */
  readonly publicUrl: string | null;
  readonly trustProxy: string | null;
  /** Days that raw events of channels are kept. */
  readonly channelEventDays: number;
  readonly logLevel: string;
  /**
   * Private networks that may be called although an address came from outside, `10.20.0.0/16`:
   * ALLOWED_NETWORKS, with commas between.
   */
  readonly allowedNetworks: readonly string[];
  /**
   * Months the demo region is told, `2022-01`; all it has unless DEMO_MONTHS says fewer. Null: an
   * installation without a region stays without one: `--empty` was said, or it is on somebody's PostgreSQL
   * without `--demo`.
   */
  readonly demoMonths: readonly string[] | null;
}

const DEFAULT_PORT = 7979;
/** Long enough to read a month again after its summary was questioned. */
const DEFAULT_EVENT_DAYS = 90;

/** A path of this checkout. */
export function projectPath(name: string): string {
  return fileURLToPath(new URL(`../${name}`, import.meta.url));
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (port >= 0 && port <= 65_535) return port;
  throw new StartupError(
    'bad_arguments',
    `"${text}" is not a port.`,
    'Give a number from 0 to 65535 (0: any free one).',
  );
}

function parsePublicUrl(text: string | null): string | null {
  if (text === null) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '')
    return url.href.replace(/\/$/, '');
  throw new StartupError(
    'bad_arguments',
    `"${text}" is not an address networks could call.`,
    'Give PUBLIC_URL as https://pult.example',
  );
}

/** In place of months: the demo region begins with the shift of today. */
const NO_MONTHS = 'none';

function parseMonths(text: string | null): readonly string[] {
  if (text === null) return DEMO_MONTHS;
  if (text === NO_MONTHS) return [];
  const months = text.split(',').map((month) => month.trim());
  const unknown = months.find((month) => !DEMO_MONTHS.includes(month));
  if (unknown === undefined) return months;
  throw new StartupError(
    'bad_arguments',
    `"${unknown}" is not a month of the demo region.`,
    `Give some of ${DEMO_MONTHS[0]} to ${DEMO_MONTHS.at(-1)} in DEMO_MONTHS, with commas between, ` +
      `or ${NO_MONTHS}: then it has the shift of today alone.`,
  );
}

function parseNetworks(text: string | null): readonly string[] {
  const networks = (text ?? '')
    .split(',')
    .map((network) => network.trim())
    .filter((network) => network !== '');
  const wrong = networks.find((network) => !isNetwork(network));
  if (wrong === undefined) return networks;
  throw new StartupError(
    'bad_arguments',
    `"${wrong}" is not a network.`,
    'Give networks like 10.20.0.0/16 or fd00::/8 in ALLOWED_NETWORKS, with commas between.',
  );
}

function parseDays(text: string | null): number {
  if (text === null) return DEFAULT_EVENT_DAYS;
  const days = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (days >= 1) return days;
  throw new StartupError(
    'bad_arguments',
    `"${text}" is not a number of days.`,
    'Give from 1 to 99999 days in CHANNEL_EVENT_DAYS.',
  );
}

function parseFlags(argv: readonly string[]): {
  port?: string;
  data?: string;
  'no-open'?: boolean;
  'with-console'?: boolean;
  empty?: boolean;
  demo?: boolean;
} {
  const options = {
    port: { type: 'string' },
    data: { type: 'string' },
    'no-open': { type: 'boolean' },
    'with-console': { type: 'boolean' },
    empty: { type: 'boolean' },
    demo: { type: 'boolean' },
  } as const;
  return commandLine({ args: [...argv], options }, USAGE).values;
}

const USAGE =
  'Flags: --port N  --data DIR  --no-open  --with-console  --empty  --demo. ' +
  'Environment: PORT, HOST, DATABASE_URL, PUBLIC_URL, TRUST_PROXY, CHANNEL_KEY, CHANNEL_EVENT_DAYS, ' +
  'ALLOWED_NETWORKS, METRICS_TOKEN, LOG_LEVEL, DEMO_MONTHS; docs/operations.md explains them.';

type Environment = Readonly<Record<string, string | undefined>>;

/** An empty variable counts as none: that is how compose files and unit files leave one out. */
function read(env: Environment, name: string): string | null {
  const value = env[name]?.trim() ?? '';
  return value === '' ? null : value;
}

/** Reads flags and environment. Throws StartupError `bad_arguments`. */
export function parseServerOptions(argv: readonly string[], env: Environment): ServerOptions {
  const flags = parseFlags(argv);
  const port = flags.port ?? read(env, 'PORT');
  const isConsoleServed = flags['with-console'] ?? false;
  const databaseUrl = flags.data === undefined ? read(env, 'DATABASE_URL') : null;
  const isDemoMade = flags.empty !== true && (flags.demo === true || databaseUrl === null);
  return {
    host: read(env, 'HOST') ?? '127.0.0.1',
    port: port === null ? DEFAULT_PORT : parsePort(port),
    isPortFixed: port !== null,
    dataDir: flags.data ?? projectPath('.data'),
    databaseUrl,
    isConsoleServed,
    isBrowserOpened: isConsoleServed && flags['no-open'] !== true,
    metricsToken: read(env, 'METRICS_TOKEN'),
    publicUrl: parsePublicUrl(read(env, 'PUBLIC_URL')),
    trustProxy: read(env, 'TRUST_PROXY'),
    channelEventDays: parseDays(read(env, 'CHANNEL_EVENT_DAYS')),
    logLevel: read(env, 'LOG_LEVEL') ?? 'info',
    allowedNetworks: parseNetworks(read(env, 'ALLOWED_NETWORKS')),
    demoMonths: isDemoMade ? parseMonths(read(env, 'DEMO_MONTHS')) : null,
  };
}

/** Where the database is to be found: `--data` wins over DATABASE_URL, which wins over the default folder. */
export function databaseSource(
  options: Pick<ServerOptions, 'databaseUrl' | 'dataDir'>,
  say: (line: string) => void,
): DatabaseSource {
  return options.databaseUrl === null ? { dataDir: options.dataDir, say } : { url: options.databaseUrl };
}
