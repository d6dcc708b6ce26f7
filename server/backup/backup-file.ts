import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { StartupError } from '#server/process/startup-error.ts';

/** The first line names what the file holds, the last one proves that it is whole. */
const headSchema = z.object({
  pult: z.literal('backup'),
  format: z.literal(1),
  at: z.number().int(),
  migrations: z.array(z.string()),
});
export type BackupHead = z.infer<typeof headSchema>;
const tailSchema = z.object({ rows: z.number().int(), sha256: z.string() });

/** A row of a table as PostgreSQL writes it in JSON. */
export interface BackupRow {
  readonly table: string;
  readonly json: string;
}

const damaged = (path: string, damage: string): StartupError =>
  new StartupError(
    'bad_backup',
    `${path} is not a whole backup: ${damage}.`,
    'Take another copy of the file, or an earlier backup.',
  );

/**
 * Writes head, rows and tail, gzipped, beside the file and moves it into place when it is complete. Gives the
 * number of rows.
 */
export async function writeBackup(
  path: string,
  head: BackupHead,
  rows: AsyncIterable<BackupRow>,
): Promise<number> {
  const hash = createHash('sha256');
  let count = 0;
  const lines = async function* (): AsyncGenerator<string> {
    yield `${JSON.stringify(head)}\n`;
    for await (const { table, json } of rows) {
      const line = `${table} ${json}\n`;
      hash.update(line);
      count += 1;
      yield line;
    }
    yield `${JSON.stringify({ rows: count, sha256: hash.digest('hex') })}\n`;
  };
  const unfinished = `${path}.unfinished`;
  await pipeline(
    Readable.from(lines()),
    createGzip({ level: 6 }),
    createWriteStream(unfinished, { mode: 0o600, flush: true }),
  );
  await rename(unfinished, path);
  return count;
}

/**
 * Reads a backup: `head` is awaited first, then come the rows. Throws StartupError `bad_backup` at the end
 * when anything is missing.
 */
export async function* readBackup(
  path: string,
  head: (head: BackupHead) => Promise<void>,
): AsyncGenerator<BackupRow> {
  const hash = createHash('sha256');
  let isFirst = true;
  let count = 0;
  let tail: z.infer<typeof tailSchema> | null = null;
  for await (const line of linesOf(path)) {
    if (isFirst) {
      await head(parseHead(path, line));
      isFirst = false;
    } else if (line.startsWith('{')) {
      tail = tailSchema.safeParse(JSON.parse(line)).data ?? null;
    } else {
      count += 1;
      yield rowOf(path, line, hash);
    }
  }
  if (tail === null) throw damaged(path, 'its end is missing');
  if (tail.rows !== count || tail.sha256 !== hash.digest('hex'))
    throw damaged(path, 'its rows are not those that were written');
}

function rowOf(path: string, line: string, hash: Hash): BackupRow {
  hash.update(`${line}\n`);
  const space = line.indexOf(' ');
  if (space < 1) throw damaged(path, 'a line of it cannot be read');
  return { table: line.slice(0, space), json: line.slice(space + 1) };
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const gunzip = createGunzip();
  // A failure of the file would otherwise be nobody's: the reader below only listens to what comes out.
  file.on('error', (error) => gunzip.destroy(error));
  try {
    yield* createInterface({ input: file.pipe(gunzip), crlfDelay: Infinity });
  } catch (error) {
    throw damaged(path, error instanceof Error ? error.message : String(error));
  } finally {
    file.destroy();
  }
}

function parseHead(path: string, line: string): BackupHead {
  try {
    return headSchema.parse(JSON.parse(line));
  } catch {
    throw damaged(path, 'its beginning is not that of a backup');
  }
}
