import { parseArgs } from 'node:util';
import { z } from 'zod';
import { benchChannels } from './channels.ts';
import { run as benchCommands } from './commands.ts';
import { benchFirstSync } from './first-sync.ts';
import { goalTable, type Goal } from './goals.ts';
import { benchLatency } from './latency.ts';
import { benchReportApi } from './report-api.ts';
import { benchReportForms } from './report-forms.ts';
import { benchReport } from './report.ts';
import { benchSettings } from './settings.ts';
import { benchShellStart } from './shell-start.ts';
import { benchSignIn } from './sign-in.ts';
import { benchTyping } from './typing.ts';
import { benchStores } from './store/bench-stores.ts';

const { values } = parseArgs({
  options: {
    only: {
      type: 'string',
      default:
        'store,report,report-api,report-forms,settings,typing,commands,first-sync,latency,sign-in,channels,shell',
    },
    n: { type: 'string', default: '10000,100000' },
    reps: { type: 'string', default: '3' },
    candidates: { type: 'string', default: '' },
    peers: { type: 'boolean', default: false },
  },
});

const list = (text: string): string[] => text.split(',').filter((part) => part !== '');
const count = z.coerce.number().int().min(1);
const sizes = list(values.n).map((size) => count.min(100).parse(size));
const repetitions = count.parse(values.reps);

/** Changes watched between two consoles, whatever the repetitions: percentiles need them. */
const SAMPLES = 60;

const PARTS: Readonly<Record<string, () => Promise<readonly Goal[]>>> = {
  store: () => benchStores({ sizes, repetitions, candidates: list(values.candidates), peers: values.peers }),
  report: async () => {
    const goals: Goal[] = [];
    for (const size of sizes) goals.push(...(await benchReport(size, repetitions)));
    return goals;
  },
  'report-api': async () => {
    const goals: Goal[] = [];
    for (const size of sizes) goals.push(...(await benchReportApi(size, repetitions)));
    return goals;
  },
  'report-forms': () => benchReportForms(repetitions),
  settings: () => benchSettings(repetitions),
  typing: () => benchTyping(Math.max(...sizes)),
  commands: () => benchCommands({ rounds: repetitions }),
  'first-sync': async () => {
    const goals: Goal[] = [];
    for (const size of sizes) goals.push(...(await benchFirstSync(size, repetitions)));
    return goals;
  },
  latency: () => benchLatency(SAMPLES),
  'sign-in': benchSignIn,
  channels: () => benchChannels(repetitions),
  shell: async () => {
    for (const size of sizes) await benchShellStart(size, repetitions);
    return [];
  },
};

// What runs is ended, and what it wrote removed, by those who wait for the exit.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));

const goals: Goal[] = [];
for (const name of list(values.only)) {
  const part = PARTS[name];
  if (part === undefined) throw new Error(`No part «${name}»: ${Object.keys(PARTS).join(', ')}`);
  process.stdout.write(`\n## ${name}\n\n`);
  goals.push(...(await part()));
}
process.stdout.write(`\n## goals\n\n${goalTable(goals)}\n`);
