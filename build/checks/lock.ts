import { z } from 'zod';
import type { Finding } from './finding.ts';

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      resolved: z.string().optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

/**
 * Finds what `npm ci` would stumble over on another machine: a platform's package that the lock names as an
 * optional dependency and does not list (npm leaves them out when the registry at hand lacks them), and
 * addresses of a registry.
 */
export function checkLock(lock: unknown): Finding[] {
  const { packages } = lockSchema.parse(lock);
  const listed = Object.keys(packages);
  const found: string[] = [];
  for (const [path, { resolved, optionalDependencies }] of Object.entries(packages)) {
    if (resolved !== undefined) found.push(`${path} names a registry: ${resolved}`);
    for (const name of Object.keys(path === '' ? {} : (optionalDependencies ?? {}))) {
      if (listed.some((other) => other.endsWith(`node_modules/${name}`))) continue;
      found.push(
        `${path} wants ${name}, which is not listed: npm ci will refuse (node build/complete-lock.ts)`,
      );
    }
  }
  return found.map((message) => ({ file: 'package-lock.json', line: 1, message }));
}
