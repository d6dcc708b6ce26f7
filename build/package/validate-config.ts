import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../paths.ts';

interface BuilderConfig {
  getConfig(folder: string, path: string, options: null): Promise<object>;
  validateConfiguration(config: object, log: { readonly isEnabled: boolean; add(): void }): Promise<void>;
}

export const configPath = join(root, 'build', 'package', 'electron-builder.yml');

/** Reads a configuration as electron-builder does and holds it to electron-builder's own schema; throws what that says. */
export async function validateConfig(path: string = configPath): Promise<object> {
  const near = createRequire(createRequire(import.meta.url).resolve('electron-builder/package.json'));
  const builder = near('app-builder-lib/out/util/config/config.js') as BuilderConfig;
  const config = await builder.getConfig(root, path, null);
  await builder.validateConfiguration(config, { isEnabled: false, add: () => undefined });
  return config;
}
