import { median, type Goal } from './goals.ts';
import { firstVisit, type FirstVisit } from './system/first-visit.ts';
import { measureAlone } from './system/measure-alone.ts';
import type { Alone } from './system/alone-worker.ts';
import { withServers } from './system/servers.ts';

const thousands = (value: number): string => Math.round(value).toLocaleString('en-US');
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
const sumOf = ({ download, unpack, load }: Alone): number => download + unpack + load;

/**
 * A new workstation's first login to a region of `incidents`: when its queue can be worked with and when its
 * archive is there, beside the same pieces one by one with nothing else going on. Both in turn, `repetitions`
 * times, each in a browser that has seen nothing.
 */
export async function benchFirstSync(incidents: number, repetitions: number): Promise<readonly Goal[]> {
  return withServers(incidents, 1, async ({ apis, filled }) => {
    const [api] = apis;
    if (api === undefined) return [];
    const account = api.account('operator');
    const [alone, visits]: [Alone[], FirstVisit[]] = [[], []];
    for (let repetition = 0; repetition < repetitions; repetition += 1) {
      alone.push(await measureAlone(api.url, account));
      visits.push(await firstVisit(api.url, account));
      report(alone.at(-1), visits.at(-1));
    }
    return goalsOf(`${thousands(filled.incidents)} incidents, ${thousands(filled.open)} open`, alone, visits);
  });
}

function report(alone: Alone | undefined, visit: FirstVisit | undefined): void {
  if (alone === undefined || visit === undefined) return;
  const { rows, bytes, download, unpack, load } = alone;
  const { usable, complete, heap } = visit;
  process.stdout.write(
    `${thousands(rows)} rows, ${thousands(bytes / 1e6)} MB unpacked; alone: download ${seconds(download)} ` +
      `+ unpack ${seconds(unpack)} + load ${seconds(load)} = ${seconds(sumOf(alone))}; ` +
      `first login: queue usable ${seconds(usable)}, archive complete ${seconds(complete)}; memory: ` +
      `page ${heap.page.toFixed(0)} MB, worker ${heap.worker.toFixed(0)} MB\n`,
  );
}

function goalsOf(where: string, alone: readonly Alone[], visits: readonly FirstVisit[]): readonly Goal[] {
  const [parts, complete] = [median(alone.map(sumOf)), median(visits.map((visit) => visit.complete))];
  return [
    {
      where,
      title: 'first login → 50 rows of the queue',
      limit: 2,
      measured: median(visits.map(({ usable }) => usable)) / 1000,
      unit: 's',
    },
    {
      where,
      title: 'first login → archive complete',
      limit: 2.5,
      measured: median(visits.map((visit, index) => visit.complete / sumOf(alone[index] as Alone))),
      unit: '× its parts alone',
      detail: `${seconds(complete)} / ${seconds(parts)}`,
    },
    {
      where,
      title: 'memory of the console, page + worker',
      limit: 60,
      measured: median(visits.map(({ heap }) => heap.page + heap.worker)),
      unit: 'MB',
      detail:
        `page ${median(visits.map(({ heap }) => heap.page)).toFixed(0)}, ` +
        `worker ${median(visits.map(({ heap }) => heap.worker)).toFixed(0)}`,
    },
  ];
}
