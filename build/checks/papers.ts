import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { lineAt } from './finding.ts';
import type { Finding } from './finding.ts';

/** `[words](target)` and `![words](target)`. */
const LINK = /\]\(([^)\s]+)\)/g;

/**
 * Words in code marks that look like one of our files or folders: `shared/domain/decide.ts`, `server/jobs/`.
 */
const PATH = /`([\w.@-]+(?:\/[\w.@{},*-]+)*(?:\.(?:tsx?|mjs|json|md|yml|css|sql|html)|\/))`/g;

/** `npm run NAME` */
const COMMAND = /`npm run ([\w-]+)/g;

/**
 * Links, names of files and commands in the papers that lead nowhere. `files` are all files of the checkout
 * at `base`, the papers among them; `scripts` are the names that `npm run` knows.
 */
export function checkPapers(base: string, files: readonly string[], scripts: ReadonlySet<string>): Finding[] {
  return files
    .filter((file) => file.endsWith('.md'))
    .flatMap((paper) => checkPaper(base, paper, files, scripts));
}

function checkPaper(
  base: string,
  paper: string,
  files: readonly string[],
  scripts: ReadonlySet<string>,
): Finding[] {
  const text = readFileSync(join(base, paper), 'utf8');
  const find = (pattern: RegExp, why: (found: string) => string | null): Finding[] =>
    [...text.matchAll(pattern)].flatMap(({ 1: found = '', index }) => {
      const message = why(found);
      return message === null ? [] : [{ file: paper, line: lineAt(text, index), message }];
    });
  return [
    ...find(LINK, (target) => (leads(base, paper, target) ? null : `the link to ${target} leads nowhere`)),
    ...find(PATH, (path) => (isThere(files, path) ? null : `there is no ${path}`)),
    ...find(COMMAND, (name) => (scripts.has(name) ? null : `there is no command npm run ${name}`)),
  ];
}

function leads(base: string, paper: string, target: string): boolean {
  if (/^(?:https?:|mailto:)/.test(target)) return true;
  const [path = '', anchor] = target.split('#', 2);
  const file = path === '' ? paper : posix.join(dirname(paper), path);
  if (!existsSync(join(base, file))) return false;
  return anchor === undefined || anchorsOf(readFileSync(join(base, file), 'utf8')).has(anchor);
}

/** The anchors of a paper's headings, as the usual viewers make them. */
function anchorsOf(text: string): ReadonlySet<string> {
  const headings = [...text.matchAll(/^#+\s+(.+)$/gm)].map(({ 1: heading = '' }) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/**
 * A path may be said from the checkout or by its end, as `decide.ts` beside its fellows; `{a,b}` stands for
 * several. One that begins with a top folder is said from the checkout: `renderer/sync/` is no end of
 * `tests/unit/renderer/sync/`.
 */
function isThere(files: readonly string[], path: string): boolean {
  if (path.includes('*') || /^(?:\.data|dist|node_modules)\b/.test(path)) return true;
  const branches = /^(.*)\{(.*)\}(.*)$/.exec(path);
  if (branches !== null) {
    const [, before = '', middle = '', after = ''] = branches;
    return middle.split(',').every((part) => isThere(files, `${before}${part}${after}`));
  }
  const top = /^[^/]+\/(?=.)/.exec(path)?.[0];
  if (top !== undefined && files.some((file) => file.startsWith(top)))
    return files.some((file) => (path.endsWith('/') ? file.startsWith(path) : file === path));
  return files.some((file) =>
    path.endsWith('/') ? `/${file}`.includes(`/${path}`) : `/${file}`.endsWith(`/${path}`),
  );
}
