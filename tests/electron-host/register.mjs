// Given to Node by `--import`: whoever asks for `electron` gets the test host, by `import` or by `require`.
import { registerHooks } from 'node:module';

const fake = new URL('./electron.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: fake, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
});
