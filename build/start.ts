// `npm start`: the console built if need be, then the central API with everything it needs, serving the console.
import { join } from 'node:path';
import { ensureConsoleBuilt } from './build-console.ts';
import { root } from './paths.ts';
import { runNode } from './run-node.ts';

await ensureConsoleBuilt();
const server = join(root, 'server', 'main.ts');
const { code } = await runNode([server, '--with-console', ...process.argv.slice(2)], { catchOutput: false });
process.exitCode = code;
