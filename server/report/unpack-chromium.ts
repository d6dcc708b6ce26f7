import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';
import { z } from 'zod';

/** The browser of the npm package, ready to run: its binary, the libraries it brought, and its fonts. */
export type UnpackedChromium = {
  readonly executablePath: string;
  readonly libraries: string;
  readonly fonts: string;
};

/** Tells whether the npm package is here: an installation without development packages does without it. */
export function hasPackage(): boolean {
  try {
    createRequire(import.meta.url).resolve('@sparticuz/chromium');
    return true;
  } catch {
    return false;
  }
}

/**
 * The package's own folder and version; its unpacker is not used, because two processes at once break its
 * work.
 */
async function locatePackage(): Promise<{ bin: string; version: string }> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const base = dirname(dirname(entry));
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(await readFile(join(base, 'package.json'), 'utf8')));
  return { bin: join(base, 'bin'), version };
}

const inflate = (archive: string, file: string): Promise<void> =>
  pipeline(createReadStream(archive), createBrotliDecompress(), createWriteStream(file));

/**
 * Unpacks an archive by way of a file: tar closes a pipe as soon as it has seen the end it looks for, which
 * to whoever writes into it looks, half of the times, as if tar had died.
 */
async function untar(archive: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, basename(archive, '.br'));
  await inflate(archive, file);
  await promisify(execFile)('tar', ['-x', '-C', folder, '-f', file]);
  await rm(file);
}

/** Only the fonts that came along, so that a page looks the same on every machine. */
function fontsConfig(folder: string): string {
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    `<fontconfig><dir>${join(folder, 'fonts')}</dir>` +
      `<cachedir>${join(folder, 'cache')}</cachedir></fontconfig>`,
    '',
  ].join('\n');
}

async function unpackInto(folder: string, final: string, bin: string): Promise<void> {
  const binary = join(folder, 'chromium');
  const parts = await Promise.allSettled([
    inflate(join(bin, 'chromium.br'), binary),
    untar(join(bin, 'swiftshader.tar.br'), folder),
    untar(join(bin, 'al2023.tar.br'), folder),
    untar(join(bin, 'fonts.tar.br'), join(folder, 'fonts')),
  ]);
  // Whoever hears of a failure removes the folder: none of them may be writing there any more.
  for (const part of parts) if (part.status === 'rejected') throw part.reason;
  await chmod(binary, 0o700);
  await writeFile(join(folder, 'fonts', 'fonts.conf'), fontsConfig(join(final, 'fonts')));
}

/**
 * Unpacks the package's browser into `place`, once per version and user (a few seconds, 250 MB),
 * and says where it is. Safe to call from several processes at once: each unpacks aside, the first to finish
 * is kept.
 */
export async function unpackChromium(place = tmpdir()): Promise<UnpackedChromium> {
  const { bin, version } = await locatePackage();
  const final = join(place, `pult-chromium-${version}-${userInfo().uid}`);
  if (!existsSync(final)) {
    const aside = await mkdtemp(`${final}-`);
    try {
      await unpackInto(aside, final, bin);
      await rename(aside, final);
    } catch (error) {
      await rm(aside, { recursive: true, force: true });
      if (!existsSync(final)) throw error;
    }
  }
  return {
    executablePath: join(final, 'chromium'),
    libraries: join(final, 'lib'),
    fonts: join(final, 'fonts'),
  };
}
