import { z } from 'zod';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '#build/paths.ts';

const schemaFile = z.object({
  definitions: z.looseObject({
    'groups/objects.json#/definitions/groups_long_poll_events': z.object({
      properties: z.record(z.string(), z.unknown()),
    }),
  }),
});

const { definitions } = schemaFile.parse(
  JSON.parse(readFileSync(join(root, 'tests/fixtures/vk-schema/vk-schema.json'), 'utf8')),
);

/** Every event a community can switch on or off, by VK's own list. */
const EVENTS = Object.keys(
  definitions['groups/objects.json#/definitions/groups_long_poll_events'].properties,
);

/** A community's switches: these events on, all others off. */
export const switches = (...on: readonly string[]): Record<string, 0 | 1> =>
  Object.fromEntries(EVENTS.map((name) => [name, on.includes(name) ? 1 : 0]));

/** Turns what parameters name on or off; what they do not name stays. */
export function turn(events: Record<string, 0 | 1>, params: URLSearchParams): void {
  for (const name of Object.keys(events)) {
    const wanted = params.get(name);
    if (wanted !== null) events[name] = wanted === '1' ? 1 : 0;
  }
}
