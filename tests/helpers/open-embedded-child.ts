// A process of its own that opens the embedded PostgreSQL of a folder, says its number, and waits to be
// ended.
import { openEmbedded } from '#server/store/embedded/embedded-postgres.ts';
import { must } from '#shared/domain/must.ts';

const opened = await openEmbedded({ dataDir: must(process.argv[2], 'a folder is given') });
process.stdout.write(`${opened.pid()}\n`);
setInterval(() => undefined, 1000);
