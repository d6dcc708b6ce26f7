import { createRequire } from 'node:module';
import { root } from '../paths.ts';

interface BuilderConfig {
  getConfig(folder: string, path: string | null, options: null): Promise<object>;
  validateConfiguration(config: object, log: { readonly isEnabled: boolean; add(): void }): Promise<void>;
}

/**
 * Reads a configuration as electron-builder does and holds it to electron-builder's own schema; throws what
 * that says. Without a path electron-builder finds it itself: `electron-builder.yml` at the top of the
 * checkout.
 */
export async function validateConfig(path: string | null = null): Promise<object> {
  const near = createRequire(createRequire(import.meta.url).resolve('electron-builder/package.json'));
  const builder = near('app-builder-lib/out/util/config/config.js') as BuilderConfig;
  const config = await builder.getConfig(root, path, null);
  await builder.validateConfiguration(config, { isEnabled: false, add: () => undefined });
  return config;
}
