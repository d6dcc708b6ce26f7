import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files of half a minute and more, longest first, and of those that need Node alone the ones of five seconds.
 * The others follow in Vitest's own order.
 */
const LONGEST = [
  'unit/long-texts/linear.test.ts',
  'unit/shared/text/identifiers/linear-time.test.ts',
  'unit/shared/exchange/files.test.ts',
  'unit/server/process/run-command.test.ts',
  'e2e/logout.e2e.test.ts',
  'e2e/shell.e2e.test.ts',
  'e2e/from-nothing.e2e.test.ts',
  'e2e/channels.e2e.test.ts',
  'e2e/shell-away.e2e.test.ts',
  'e2e/people-screen.e2e.test.ts',
  'unit/renderer/screens.browser.test.ts',
  'e2e/calendar.e2e.test.ts',
  'unit/renderer/queue-keys.browser.test.ts',
  'e2e/undo.e2e.test.ts',
  'unit/renderer/attachments.browser.test.ts',
  'e2e/forget.e2e.test.ts',
  'e2e/two-consoles.e2e.test.ts',
  'e2e/people.e2e.test.ts',
  'e2e/setup.e2e.test.ts',
  'e2e/screens.e2e.test.ts',
  'e2e/places.e2e.test.ts',
  'e2e/agencies.e2e.test.ts',
  'faults/sync-simulation.pg.test.ts',
  'faults/browser-kill.browser.test.ts',
  'faults/shell-kill.browser.test.ts',
  'e2e/silent-window.e2e.test.ts',
  'e2e/full-disk.e2e.test.ts',
];

const rank = ({ moduleId }: TestSpecification): number => {
  const at = LONGEST.findIndex((name) => moduleId.endsWith(`/tests/${name}`));
  return at === -1 ? LONGEST.length : at;
};

/** Four files run beside each other: a long one that began last would be left running alone. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const group = ({ project }: TestSpecification): number => project.config.sequence.groupOrder;
    return sorted.toSorted((a, b) => group(a) - group(b) || rank(a) - rank(b));
  }
}
