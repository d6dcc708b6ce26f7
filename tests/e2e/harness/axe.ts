import axe from 'axe-core';
import { drawn } from './drawn.ts';
import type { TestConsole } from './test-console.ts';

/**
 * Runs axe-core on the screen as it stands: its serious and critical findings, each with rule and elements.
 */
export async function seriousViolations({ page }: Pick<TestConsole, 'page'>): Promise<readonly string[]> {
  // What fades in or out has no colours of its own yet.
  await drawn(page);
  if (!(await page.evaluate(() => Object.hasOwn(globalThis, 'axe')))) await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: typeof axe };
    return (await checker.run(document, { resultTypes: ['violations'] })).violations;
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, help, nodes }) =>
        `${id}: ${help}: ${nodes
          .slice(0, 4)
          .map((node) => `${node.target.join(' ')} ${node.html.slice(0, 140)} ${node.any[0]?.message ?? ''}`)
          .join(' | ')}`,
    );
}
