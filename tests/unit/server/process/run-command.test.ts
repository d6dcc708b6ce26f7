import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { projectPath } from '#server/options.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';

const folder = temporaryFolder('command');
afterAll(() => rmSync(folder, { recursive: true }));

const run = (script: string, ...args: readonly string[]) =>
  spawnSync(process.execPath, [script, ...args], {
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: '' },
  });

/** A program whose body is `source`, run as all programs of the server are. */
function program(source: string) {
  const script = join(folder, 'program.ts');
  const module = JSON.stringify(projectPath('server/process/run-command.ts'));
  writeFileSync(
    script,
    `import { runCommand } from ${module};\nawait runCommand(async () => { ${source} });\n`,
  );
  return run(script, '--data', folder);
}

describe('whatever stops a program is told in sentences, with the log, and never by a stack', () => {
  it.each([
    ['thrown', "throw new TypeError('Иван Петров, 8 914 555-01-02');"],
    [
      'rejected later',
      "void Promise.reject(new TypeError('Иван Петров')); await new Promise(() => setTimeout(() " +
        '=> {}, 1e6));',
    ],
    [
      'thrown by an event',
      "setTimeout(() => { throw new TypeError('Иван Петров'); }); await new Promise(() => setTimeout(() " +
        '=> {}, 1e6));',
    ],
  ])('%s', (_, source) => {
    const { status, stderr, stdout } = program(source);
    expect(status).toBe(1);
    expect(stdout).toBe('');
    const log = join(folder, 'start.log');
    expect(stderr.split('\n')).toEqual([
      'Pult stopped at something nobody foresaw (TypeError).',
      'Start again: what was interrupted is finished or undone then. If it happens once more, ' +
        'send the log to whoever looks after Pult.',
      `The log is in ${log}; that of the database in ${join(folder, 'postgres.log')}.`,
      '',
    ]);
    const line = readFileSync(log, 'utf8').trimEnd().split('\n').at(-1) ?? '';
    expect(JSON.parse(line)).toMatchObject({
      type: 'TypeError',
      frames: expect.arrayContaining([expect.stringMatching(/program\.ts/)]),
    });
    expect(line).not.toContain('Петров');
  });

  it('a folder that cannot be written does not keep it from telling', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const script = join(folder, 'program.ts');
    const { status, stderr } = run(script, '--data', join(file, 'data'));
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Pult stopped at .+\nStart again: .+\nThe log is in .+pult-start\.log/);
  });
});

/** The end of a command with that argument; {@link REFUSED} where it was refused well. */
function refusalOf(script: string, argument: string): unknown {
  const { status, stderr, stdout } = run(script, argument);
  const isStack = /^\s+at /m.test(stderr);
  return { status, stdout, lines: stderr.trimEnd().split('\n').length, isStack };
}
const REFUSED = { status: 1, stdout: '', lines: 2, isStack: false };

describe('every command refuses arguments it does not know in two lines', () => {
  mkdirSync(join(folder, 'unused'), { recursive: true });
  it.each(['main', 'cli/backup', 'cli/export', 'cli/import', 'cli/region', 'cli/report', 'cli/restore'])(
    '%s',
    (name) => {
      expect(refusalOf(projectPath(`server/${name}.ts`), '--colour')).toEqual(REFUSED);
    },
  );

  it('a value that is missing too', () => {
    expect(refusalOf(projectPath('server/main.ts'), '--data')).toEqual(REFUSED);
  });
});
