// Run after `npm install`: lists in package-lock.json the packages of other platforms that npm left out
// because the registry at hand lacks them. Without them `npm ci` refuses the lock, everywhere. What is listed
// has no checksum.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { root } from './paths.ts';

const entrySchema = z.looseObject({ optionalDependencies: z.record(z.string(), z.string()).optional() });
const lockSchema = z.looseObject({ packages: z.record(z.string(), entrySchema) });

const systems = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64'];

function platformOf(name: string): Record<string, readonly string[]> {
  const words = name.split(/[-/]/);
  const libc = name.includes('musl') ? ['musl'] : /gnu(eabihf)?$/.test(name) ? ['glibc'] : undefined;
  return {
    os: words.filter((word) => systems.includes(word)),
    cpu: words.filter((word) => processors.includes(word)),
    ...(libc && { libc }),
  };
}

const path = join(root, 'package-lock.json');
const lock = lockSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
const { '': own, ...packages } = lock.packages;
for (const entry of Object.values(packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (Object.keys(packages).some((listed) => listed.endsWith(`node_modules/${name}`))) continue;
    const dev = entry['dev'] === true ? { dev: true } : {};
    packages[`node_modules/${name}`] = { version, ...dev, optional: true, ...platformOf(name) };
    process.stderr.write(`listed ${name} ${version}\n`);
  }
}
const sorted = Object.fromEntries(Object.entries(packages).toSorted(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(path, `${JSON.stringify({ ...lock, packages: { '': own, ...sorted } }, null, 2)}\n`);
