import type { Candidate } from './candidate.ts';
import { RARE_WORD, REPORT_MONTH, makeDocument } from './documents.ts';
import type { BenchDocument } from './documents.ts';

const BATCH = 5000;
const UPDATES = 15;

export interface Warm {
  /** Navigation start to 50 rows in the document, ms. */
  readonly warm: number;
  /** Of these, until the script ran. */
  readonly script: number;
  readonly rows: number;
  readonly first: string;
}

/** Milliseconds, and what the answers were, for comparing candidates. */
export type Measures = Readonly<Record<string, number>>;

declare global {
  interface Window {
    bench?: { load(documents: number): Promise<number>; measure(): Promise<Measures> };
    warm?: Warm | { readonly error: string };
  }
}

const now = (): number => performance.now();

function render(rows: readonly BenchDocument[]): void {
  document.body.innerHTML = rows
    .map(
      (row) =>
        `<div>${row.regNo} ${new Date(row.deadline).toISOString()} ${row.topic} ${row.region} ` +
        `${row.text.slice(0, 80)}</div>`,
    )
    .join('');
  // Reading a height makes the browser lay the rows out.
  document.body.dataset['height'] = String(document.body.offsetHeight);
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = now();
  await work();
  return now() - start;
}

async function load(candidate: Candidate, documents: number): Promise<number> {
  let spent = await timed(() => candidate.open());
  for (let from = 0; from < documents; from += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, documents - from) }, (_, index) =>
      makeDocument(from + index),
    );
    spent += await timed(() => candidate.load(batch));
  }
  return spent + (await timed(async () => candidate.loaded?.()));
}

/**
 * Takes the first of the queue out of it and asks again, as an operator does; `stale` counts answers that
 * still show it.
 */
async function updates(
  candidate: Candidate,
  update: (document: BenchDocument) => Promise<void>,
): Promise<{ ms: number; stale: number }> {
  const spent: number[] = [];
  let stale = 0;
  for (let round = 0; round < UPDATES; round += 1) {
    const first = (await candidate.queue())[0];
    if (first === undefined) throw new Error('The queue is empty');
    spent.push(
      await timed(async () => {
        await update({ ...first, status: 'routed', version: first.version + 1 });
        if ((await candidate.queue())[0]?.id === first.id) stale += 1;
      }),
    );
  }
  return { ms: median(spent), stale };
}

async function measure(candidate: Candidate): Promise<Measures> {
  const reportFirst = await timed(() => candidate.report(REPORT_MONTH));
  const report = await timed(() => candidate.report(REPORT_MONTH));
  const groups = await candidate.report(REPORT_MONTH);
  const queue: number[] = [];
  for (let round = 0; round < 9; round += 1) queue.push(await timed(() => candidate.queue()));
  const relaxed = await updates(candidate, (document) => candidate.update(document));
  const measures: Record<string, number> = {
    queue: median(queue),
    reportFirst,
    report,
    reportSum: Object.values(groups).reduce((sum, count) => sum + count, 0),
    reportGroups: Object.keys(groups).length,
    update: relaxed.ms,
    stale: relaxed.stale,
  };
  if (candidate.updateStrict) {
    const strict = await updates(
      candidate,
      (document) => candidate.updateStrict?.(document) ?? Promise.resolve(),
    );
    measures['updateStrict'] = strict.ms;
    measures['stale'] = relaxed.stale + strict.stale;
  }
  if (candidate.search) {
    measures['searchFirst'] = await timed(async () => candidate.search?.(RARE_WORD));
    measures['search'] = await timed(async () => candidate.search?.(RARE_WORD));
    measures['found'] = (await candidate.search(RARE_WORD)).count;
  }
  return measures;
}

async function openWarm(candidate: Candidate): Promise<Warm> {
  const script = now();
  await candidate.open();
  const rows = await candidate.queue();
  render(rows);
  return { warm: now(), script, rows: rows.length, first: rows[0]?.regNo ?? '' };
}

/** Makes the candidate answer the runner; with `?warm` in the address it opens at once, as a console does. */
export function install(candidate: Candidate): void {
  window.bench = { load: (documents) => load(candidate, documents), measure: () => measure(candidate) };
  if (!new URLSearchParams(location.search).has('warm')) return;
  openWarm(candidate).then(
    (warm) => (window.warm = warm),
    (error: unknown) => (window.warm = { error: String(error) }),
  );
}
