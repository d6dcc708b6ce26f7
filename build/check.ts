// `npm run check`: everything about the sources that a machine can judge without running them. One line per
// check, and below it what it found. Arguments name the checks to run; none means all.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { checkBoundaries } from './checks/boundaries.ts';
import { checkCircles } from './checks/circles.ts';
import { checkConsoleTexts } from './checks/console-texts.ts';
import { checkCssClasses } from './checks/css-classes.ts';
import { printFindings } from './checks/finding.ts';
import { checkLock } from './checks/lock.ts';
import type { Module } from './checks/module.ts';
import { checkNames } from './checks/names.ts';
import { checkPapers } from './checks/papers.ts';
import { checkPatterns } from './checks/patterns.ts';
import { checkProse } from './checks/prose.ts';
import { listFiles, root, sourceFolders } from './paths.ts';
import { runNode } from './run-node.ts';

type Check = { readonly name: string; readonly run: () => Promise<Result> };
type Result = { readonly passed: boolean; readonly output: string };

function tool(name: string, script: string, args: readonly string[]): Check {
  const run = async (): Promise<Result> => {
    const { code, output } = await runNode([join(root, 'node_modules', script), ...args], {
      catchOutput: true,
    });
    return { passed: code === 0, output };
  };
  return { name, run };
}

function own(name: string, find: () => Parameters<typeof printFindings>[0]): Check {
  const run = (): Promise<Result> => {
    const findings = find();
    return Promise.resolve({ passed: findings.length === 0, output: printFindings(findings) });
  };
  return { name, run };
}

function readModules(folders: readonly string[], looks: RegExp = /\.tsx?$/): Module[] {
  return folders
    .flatMap((folder) => listFiles(folder))
    .filter((file) => looks.test(file) && !file.startsWith('tests/bench/peers'))
    .map((file) => ({ file, source: readFileSync(join(root, file), 'utf8') }));
}

function readScripts(): ReadonlySet<string> {
  return new Set(Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts));
}

function listPapersAndSources(): string[] {
  const atTheTop = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isFile());
  return [
    ...atTheTop.map(({ name }) => name),
    ...[...sourceFolders, 'docs'].flatMap((folder) => listFiles(folder)),
  ];
}

const typed = sourceFolders.filter((folder) => existsSync(join(root, folder, 'tsconfig.json')));

/** Folders whose code sees texts from outside. */
const productFolders = ['shared', 'server', 'renderer', 'electron'];

/** The long ones first: one that began last would be left running alone. */
const checks: readonly Check[] = [
  tool('lint', 'oxlint/bin/oxlint', []),
  ...typed
    .toReversed()
    .map((folder) =>
      tool(`types ${folder}`, 'typescript/bin/tsc', ['-p', `${folder}/tsconfig.json`, '--pretty', 'false']),
    ),
  tool('dead code', 'knip/bin/knip.js', ['--no-progress']),
  tool('format', 'oxfmt/bin/oxfmt', ['--check']),
  own('boundaries', () => readModules(sourceFolders).flatMap(checkBoundaries)),
  own('circles', () => checkCircles(readModules(sourceFolders))),
  own('names', () => checkNames(readModules(sourceFolders.filter((folder) => folder !== 'tests')))),
  own('patterns', () => readModules(productFolders).flatMap((module) => checkPatterns(module))),
  own('prose', () => readModules(sourceFolders).flatMap(checkProse)),
  own('papers', () => checkPapers(root, listPapersAndSources(), readScripts())),
  own('css classes', () =>
    checkCssClasses(readModules(['renderer']), readModules(['renderer'], /\.module\.css$/)),
  ),
  own('texts', () => checkConsoleTexts(root)),
  own('lock', () => checkLock(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')))),
];

async function runCheck(check: Check): Promise<boolean> {
  const startedAt = Date.now();
  const result = await check
    .run()
    .catch((error: unknown) => ({ passed: false, output: `${String(error)}\n` }));
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`${result.passed ? 'ok  ' : 'FAIL'} ${check.name} (${seconds} s)\n`);
  if (!result.passed) process.stdout.write(`${result.output.trimEnd()}\n`);
  return result.passed;
}

const names = process.argv.slice(2);
const unknown = names.filter((name) => !checks.some((check) => check.name.startsWith(name)));
const chosen = checks.filter(({ name }) => names.length === 0 || names.some((part) => name.startsWith(part)));
const failed: string[] = unknown.map((name) => `${name} (no such check)`);
const waiting = [...chosen];
/** Runs one check after another until none waits. */
async function runWaiting(): Promise<void> {
  for (let check = waiting.shift(); check !== undefined; check = waiting.shift())
    if (!(await runCheck(check))) failed.push(check.name);
}
await Promise.all(Array.from({ length: availableParallelism() }, runWaiting));
process.stdout.write(failed.length === 0 ? 'Every check passed.\n' : `Failed: ${failed.join(', ')}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
