import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { newProfile, removeProfile, settingsText } from '#tests/electron-host/start-host.ts';
import { launchChromium, launchProfile } from '#tests/helpers/chromium.ts';
import type { DemoAccount } from './server.ts';
import type { TestConsole } from './test-console.ts';
import { PATIENCE_MS, until } from './until.ts';
import { wordsOf, type Language } from './words.ts';

/** How a console is opened. */
export interface ConsoleStart {
  /** Where it comes from: the API, or a line in front of it. */
  readonly url: string;
  /** Logs in at once; left out, the login screen stays. */
  readonly account?: DemoAccount;
  /**
   * A folder that keeps what the workstation stores, for restarts. Left out: forgotten when the console
   * closes.
   */
  readonly profile?: string;
  readonly language?: Language;
  readonly scheme?: 'light' | 'dark';
  readonly viewport?: { readonly width: number; readonly height: number };
}

const SMALL_SCREEN = { width: 1366, height: 768 };
let shared: Promise<Browser> | null = null;

/** Ends the browser that consoles without a profile share. For `afterAll`. */
export async function closeBrowser(): Promise<void> {
  const browser = await shared;
  shared = null;
  await browser?.close();
}

/** Words that browsers write when the network is away, which is no fault of the page. */
const NETWORK = /net::ERR_|Failed to load resource|Failed to fetch|NetworkError/;

function watchTroubles(context: BrowserContext): string[] {
  const troubles: string[] = [];
  context.on('weberror', (error) => troubles.push(String(error.error())));
  context.on('console', (message) => {
    if (message.type() === 'error' && !NETWORK.test(message.text())) troubles.push(message.text());
  });
  return troubles;
}

/** Adds up layout shifts that no key or click asked for (web.dev/cls), for `layoutShift`. */
function watchShifts(): void {
  const sum = { value: 0, largest: [] as string[] };
  Object.assign(globalThis, { pultShift: sum });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & {
      value: number;
      hadRecentInput: boolean;
      sources?: { node?: Node }[];
    })[]) {
      if (entry.hadRecentInput) continue;
      sum.value += entry.value;
      for (const { node } of entry.sources ?? []) {
        const element = node instanceof Element ? node : node?.parentElement;
        if (element !== null && element !== undefined)
          sum.largest.push(`${entry.value.toFixed(4)} ${element.outerHTML.slice(0, 120)}`);
      }
    }
  }).observe({ type: 'layout-shift', buffered: true });
}

/**
 * A console that forgets everything when it closes has nothing to put aside for the next start: its service
 * worker would compile and keep the whole program for nobody. It does without, as over plain http.
 */
const withoutServiceWorker = (): boolean => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker');

function setUp(language: Language): (context: BrowserContext) => Promise<void> {
  return async (context) => {
    await context.addInitScript(watchShifts);
    await context.addInitScript((code) => {
      // The blank page a window begins with has no storage.
      if (/^(http|app):$/.test(location.protocol) && localStorage.getItem('pult.language') === null)
        localStorage.setItem('pult.language', code);
    }, language);
  };
}

async function contextOf(
  profile: string | undefined,
  options: BrowserContextOptions,
): Promise<BrowserContext> {
  if (profile !== undefined) return launchProfile(profile, options);
  shared ??= launchChromium();
  return (await shared).newContext(options);
}

/** Where consoles open: `npm run e2e -- --host NAME` says so. */
const HOST = process.env['PULT_E2E_HOST'] ?? 'browser';

/** The same in the shell, in the test host or in Electron: the settings name the address. */
async function openInShell({ url, account, profile, language = 'ru' }: ConsoleStart): Promise<TestConsole> {
  const { openShell } = await import('./shell.ts');
  const { openElectron } = await import('./electron.ts');
  const settings = settingsText(url);
  const folder = profile ?? newProfile();
  const console =
    HOST === 'electron'
      ? await openElectron(settings, folder)
      : await openShell({ settings, profile: folder });
  await setUp(language)(console.context);
  await console.page.reload();
  const close = async (): Promise<void> => {
    await console.close();
    if (profile === undefined) removeProfile(folder);
  };
  const shown = { ...console, close, t: wordsOf(language) };
  if (account !== undefined) await logIn(shown, account);
  return shown;
}

/** Opens the console as a person does: the address, the login, and waits for the queue. */
export async function openConsole(start: ConsoleStart): Promise<TestConsole> {
  if (HOST !== 'browser') return openInShell(start);
  const { url, account, profile, language = 'ru', scheme = 'light', viewport = SMALL_SCREEN } = start;
  const options = {
    viewport,
    colorScheme: scheme,
    locale: 'ru-RU',
    timezoneId: 'Asia/Vladivostok',
    acceptDownloads: true,
  } as const;
  const context = await contextOf(profile, options);
  const troubles = watchTroubles(context);
  await setUp(language)(context);
  if (profile === undefined) await context.addInitScript(withoutServiceWorker);
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(PATIENCE_MS);
  const console: TestConsole = {
    page,
    context,
    t: wordsOf(language),
    troubles,
    close: () => context.close(),
  };
  await page.goto(url);
  if (account !== undefined) await logIn(console, account);
  return console;
}

/** Types login and password and waits until the queue stands and everything has come. */
export async function logIn(
  console: TestConsole,
  { login, password }: Pick<DemoAccount, 'login' | 'password'>,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const { page, t } = console;
  await page.getByLabel(t('session.loginName')).fill(login);
  await page.getByLabel(t('session.password'), { exact: true }).fill(password);
  await page.getByRole('button', { name: t('session.login'), exact: true }).click();
  await expectTruth(console, t('truth.live'), patienceMs);
}

/** Reads the strip that tells of the network and of unsent commands. */
export const truthText = ({ page }: TestConsole): Promise<string> =>
  page.locator('header [role="status"]').innerText();

/** Waits until the strip says so. */
export async function expectTruth(
  console: TestConsole,
  words: string,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  await until(
    `the strip says «${words}»`,
    () => truthText(console),
    (text) => text.includes(words),
    patienceMs,
  );
}

/** Waits until everything written here has reached the centre. */
export async function expectAllSent(console: TestConsole, patienceMs = PATIENCE_MS): Promise<void> {
  await expectTruth(console, `${console.t('truth.live')} · ${console.t('truth.allSent')}`, patienceMs);
}

/** Sum of unasked layout shifts since the page was loaded, with the elements that moved. */
export async function layoutShift({
  page,
}: TestConsole): Promise<{ readonly value: number; readonly largest: readonly string[] }> {
  return page.evaluate(
    () => (globalThis as unknown as { pultShift: { value: number; largest: string[] } }).pultShift,
  );
}

/**
 * Waits until the first visit has put aside everything that the next one needs without the network. The shell
 * has it on its disk.
 */
export async function keptForOffline({ page }: TestConsole): Promise<void> {
  if (HOST !== 'browser') return;
  const state = () =>
    page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.active?.state ?? 'none');
  await until('the service worker is active', state, (value) => value === 'activated');
}
