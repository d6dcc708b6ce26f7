import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import {
  commandKey,
  commandOf,
  olderForm,
  readArgs,
  versionOf,
  COMMAND_ARGS,
  type OlderForms,
  type CommandName,
} from '#shared/protocol/command-versions.ts';
import { parseCommand } from '#shared/protocol/envelope.ts';
import { SENT_COMMANDS } from '#tests/fixtures/sent-commands.ts';

const NAMES = Object.keys(COMMAND_ARGS) as CommandName[];

describe('everything that was ever sent', () => {
  test('there is an example of every version of every command', () => {
    const versions = NAMES.flatMap((name) =>
      Array.from({ length: versionOf(name) }, (_, before) => `${name}@${before + 1}`),
    );
    expect([...new Set(SENT_COMMANDS.map(({ key }) => key))].toSorted()).toEqual(versions.toSorted());
  });

  test.each(SENT_COMMANDS)('$key is read, or refused by name', ({ key, args, refusedAs }) => {
    const parsed = parseCommand(key, args);
    const read = parsed.ok ? parsed.command.name : parsed.refusal.kind;
    expect(read).toBe(refusedAs ?? key.slice(0, key.indexOf('@')));
  });

  const sentNow = SENT_COMMANDS.filter(({ key }) => NAMES.some((name) => commandKey(name) === key));
  test.each(sentNow)('$key is sent now, and read as it is', ({ key, args }) => {
    expect(parseCommand(key, args)).toMatchObject({ ok: true, command: { args } });
  });
});

describe('a command that changed twice', () => {
  const forms: OlderForms = {
    tag: [
      olderForm(z.strictObject({ tag: z.string() }), ({ tag }) => ({ tags: [tag] })),
      olderForm(z.strictObject({ tags: z.array(z.string()) }), ({ tags }) => ({ add: tags, remove: [] })),
    ],
    note: [() => ({ ok: false, refusal: { kind: 'no_draft' } })],
  };

  it('is sent under its own version, and others under theirs', () => {
    expect((['tag', 'note', 'claim'] as const).map((name) => versionOf(name, forms))).toEqual([3, 2, 1]);
    expect(commandOf('tag@3', forms)).toEqual({ name: 'tag', version: 3 });
  });

  it.each([
    [1, { tag: 'школа' }],
    [2, { tags: ['школа'] }],
    [3, { add: ['школа'], remove: [] }],
  ])('is read in version %i', (version, args) => {
    expect(readArgs('tag', version, args, forms)).toEqual({
      ok: true,
      args: { add: ['школа'], remove: [] },
    });
  });

  it('is refused by name where the older form cannot be said any more, or is not that form', () => {
    expect(readArgs('note', 1, { text: 'x' }, forms)).toEqual({ ok: false, refusal: { kind: 'no_draft' } });
    expect(readArgs('tag', 1, { tags: [] }, forms)).toMatchObject({
      ok: false,
      refusal: { kind: 'malformed' },
    });
  });
});

test.each([
  'route',
  'route@',
  'route@0',
  'route@01',
  'route@1.0',
  'route@-1',
  'route@99',
  'route@1@1',
  'route@99999999999999999999',
  'constructor@1',
  '__proto__@1',
  '@1',
  '',
])('«%s» is no command', (key) => {
  expect(parseCommand(key, {})).toEqual({ ok: false, refusal: { kind: 'unknown_command', name: key } });
});
