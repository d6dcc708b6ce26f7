import { extractFile, listPackage } from '@electron/asar';

/** All an archive of the application may weigh, bytes: unpacked it is read at every start. */
const BUDGET = 12 * 1024 * 1024;

/** Everything that belongs in the archive; what matches nothing here is a mistake. */
const BELONGS: readonly RegExp[] = [
  /^package\.json$/,
  /^dist\/electron\/[\w-]+\.(?:js|cjs)$/,
  /^dist\/renderer\/(?:index\.html|icon\.svg|pult\.webmanifest)$/,
  /^dist\/renderer\/assets\/[\w.-]+\.(?:js|css|woff2)$/,
];

/** Keys, tokens with a value, and the paths of whoever built it. */
const SECRET =
  /-----BEGIN [A-Z ]*PRIVATE KEY|\bgh[pousr]_[A-Za-z0-9]{30,}|sourceMappingURL=|\/(?:home|root|Users)\/\w+\//;

/** Finds what is wrong with the files of an archive, given by name and content; empty when nothing is. */
export function judgeContents(
  files: readonly { readonly name: string; readonly content: Buffer }[],
): string[] {
  const foreign = files
    .filter(({ name }) => !BELONGS.some((pattern) => pattern.test(name)))
    .map(({ name }) => `${name} does not belong there`);
  const telling = files.flatMap(({ name, content }) => {
    const found = /\.(?:js|cjs|json|html|css)$/.test(name) ? SECRET.exec(content.toString('utf8')) : null;
    return found === null ? [] : [`${name} holds ${found[0].slice(0, 40)}`];
  });
  const size = files.reduce((sum, { content }) => sum + content.length, 0);
  return [...foreign, ...telling, ...(size > BUDGET ? [`${size} bytes are more than ${BUDGET}`] : [])];
}

/** The files of an archive. */
export function readArchive(archive: string): { readonly name: string; readonly content: Buffer }[] {
  return listPackage(archive, { isPack: false })
    .map((path) => path.replaceAll('\\', '/').replace(/^\//, ''))
    .filter((name) => /\.\w+$/.test(name))
    .map((name) => ({ name, content: extractFile(archive, name) }));
}
