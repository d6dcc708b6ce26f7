import type { Page } from 'playwright-core';
import { MS_PER_DAY } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { dateOfDay } from '#shared/domain/time-zone.ts';
import { monthBefore, periodAround } from '#shared/report/facts/period.ts';
import type { CallMessage } from '#renderer/data/rpc/message.ts';
import type { MethodTable } from '#renderer/data/rpc/method-table.ts';
import { logIn, openConsole } from '#tests/e2e/harness/console.ts';
import type { TestConsole } from '#tests/e2e/harness/test-console.ts';
import type { RunningPult } from '#tests/e2e/harness/server.ts';
import { openByNumber } from '#tests/e2e/harness/work.ts';
import { median, share, type Goal } from './goals.ts';
import { withFolder } from './system/cleaning.ts';
import { withServers, type BenchServers } from './system/servers.ts';

const ZONE = 'Asia/Vladivostok';
const DOWNLOAD_MS = 600_000;
/** So many letters, so far from each other: a quick typist. */
const TEXT = 'the quick brown fox jumps over the lazy dog and then '.repeat(3);
const BETWEEN_MS = 70;
const MONTHS = 24;

/** Questions that the store's worker answers while somebody types. */
interface Questions {
  readonly months: readonly object[];
  readonly from: number;
  readonly to: number;
}

interface Answered {
  months: number;
  pivots: number;
}

interface Watched {
  pultStore: Worker;
  pultKeys: number[];
  pultAsking: Answered & { isOn: boolean };
}

/** Runs in the page before its own scripts: keeps hold of the worker that has the store. */
function keepStore(): void {
  const Original = Worker;
  globalThis.Worker = class extends Original {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      if (options?.name === 'pult-store') Object.assign(globalThis, { pultStore: this });
    }
  };
}

/** Runs in the page: notes of every key how long it was until what it did was painted. */
function watchKeys(): void {
  const seen: number[] = [];
  Object.assign(globalThis, { pultKeys: seen });
  const note = ({ timeStamp }: KeyboardEvent): void => {
    requestAnimationFrame(() => {
      // The task after a frame begins when the frame is drawn.
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', () => seen.push(performance.now() - timeStamp));
      port1.start();
      port2.postMessage(null);
    });
  };
  addEventListener('keydown', note, { capture: true });
}

/**
 * Runs in the page: asks the worker for months and pivots in turn, as the page itself asks, the next as soon
 * as one is there.
 */
function askOn({ months, from, to }: Questions): void {
  const { pultStore: worker } = globalThis as unknown as Watched;
  const asking = { isOn: true, months: 0, pivots: 0 };
  Object.assign(globalThis, { pultAsking: asking });
  const ask = (method: string, args: readonly unknown[]): Promise<void> =>
    new Promise((done, fail) => {
      const id = crypto.randomUUID();
      const hear = ({ data }: MessageEvent<CallMessage<MethodTable, unknown>>): void => {
        if (data.t !== 'answer' || data.id !== id) return;
        worker.removeEventListener('message', hear);
        if (data.given.ok) done();
        else fail(new Error(`${method}: ${data.given.message}`));
      };
      worker.addEventListener('message', hear);
      worker.postMessage({ t: 'call', call: { id, method, args, at: Date.now() } });
    });
  const goOn = async (): Promise<void> => {
    for (let round = 0; asking.isOn; round += 1) {
      await ask('report', [months[round % months.length], to]);
      asking.months += 1;
      await ask('count', [from, to, ['topic', 'municipality']]);
      asking.pivots += 1;
    }
  };
  void goOn();
}

const stopAsking = (page: Page): Promise<Answered> =>
  page.evaluate(() => {
    const { pultAsking: asking } = globalThis as unknown as Watched;
    asking.isOn = false;
    return { months: asking.months, pivots: asking.pivots };
  });

/** Types the text into the field that has the focus; gives key → painted of each letter, ms. */
async function type(page: Page): Promise<readonly number[]> {
  await page.evaluate(() => void ((globalThis as unknown as Watched).pultKeys.length = 0));
  await page.keyboard.type(TEXT, { delay: BETWEEN_MS });
  const keys = (): Promise<readonly number[]> =>
    page.evaluate(() => (globalThis as unknown as Watched).pultKeys);
  await page.waitForFunction(
    (count) => (globalThis as unknown as Watched).pultKeys.length >= count,
    TEXT.length,
  );
  return keys();
}

/** A workstation with the whole archive, its first row's note being written. */
async function noteOf(api: RunningPult, number: number, profile: string): Promise<TestConsole> {
  const console = await openConsole({ url: api.url, profile });
  await console.context.addInitScript(keepStore);
  await console.page.reload();
  await logIn(console, api.account('operator'), DOWNLOAD_MS);
  await openByNumber(console, number);
  await console.page.keyboard.press('KeyN');
  await console.page.getByRole('dialog').getByRole('textbox').focus();
  await console.page.evaluate(watchKeys);
  return console;
}

function questions(now: number): Questions {
  const today = dateOfDay(Math.floor(now / MS_PER_DAY));
  const months = Array.from({ length: MONTHS }, (_, back) => {
    const { from, to } = periodAround('month', `${monthBefore(today.slice(0, 7), back)}-01`, ZONE);
    return { form: 'month', from, to };
  });
  return { months, from: now - 3 * 365 * MS_PER_DAY, to: now };
}

async function measure({ apis, filled }: BenchServers): Promise<readonly Goal[]> {
  return withFolder(async (profile) => {
    const console = await noteOf(must(apis[0], 'an API'), filled.lastNumber, profile);
    const { page } = console;
    try {
      await type(page);
      const idle = await type(page);
      await page.evaluate(askOn, questions(Date.now()));
      const busy = await type(page);
      return goalsOf(filled.incidents, idle, busy, await stopAsking(page));
    } finally {
      await console.close();
    }
  });
}

function goalsOf(
  incidents: number,
  idle: readonly number[],
  busy: readonly number[],
  { months, pivots }: Answered,
): readonly Goal[] {
  if (Math.min(months, pivots) < 3) throw new Error('Nothing was made while the text was typed');
  const size = incidents.toLocaleString('en-US');
  const where = `${size} incidents, a note written while months and pivots are made`;
  const summaryOf = (of: readonly number[]): string =>
    `${median(of).toFixed(0)} / ${share(of, 0.95).toFixed(0)} / ${Math.max(...of).toFixed(0)}`;
  const detail =
    `middle / 95 % / most: ${summaryOf(busy)} ms, idle ${summaryOf(idle)}; ` +
    `${months} months and ${pivots} pivots meanwhile`;
  return [
    { where, title: 'key → painted, 95 %', limit: 50, measured: share(busy, 0.95), unit: 'ms', detail },
    {
      where,
      title: 'key → painted, middle, beside idle',
      limit: 1.5,
      measured: median(busy) / median(idle),
      unit: '× idle',
    },
  ];
}

/** Measures whether somebody who writes feels that summaries are being made. */
export const benchTyping = (incidents: number): Promise<readonly Goal[]> =>
  withServers(incidents, 1, measure);
