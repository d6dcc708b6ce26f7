// `npm run format`: lays out the sources as the check wants them; arguments name files or folders.
import { join } from 'node:path';
import { root } from './paths.ts';
import { runNode } from './run-node.ts';

const oxfmt = join(root, 'node_modules', 'oxfmt', 'bin', 'oxfmt');
const { code } = await runNode([oxfmt, '--write', ...process.argv.slice(2)], { catchOutput: false });
process.exitCode = code;
