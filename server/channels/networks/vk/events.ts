/** Events without which messages, edits or deletions would be missed. */
export const NEEDED_VK_EVENTS = [
  'wall_reply_new',
  'wall_reply_edit',
  'wall_reply_delete',
  'wall_post_new',
  'message_new',
  'message_edit',
] as const;

/** All that `read.ts` makes something of; asked for where we set the page up ourselves. */
export const WANTED_VK_EVENTS: readonly string[] = [
  ...NEEDED_VK_EVENTS,
  'wall_reply_restore',
  'wall_repost',
  ...['photo_comment', 'video_comment', 'board_post'].flatMap((family) =>
    ['new', 'edit', 'restore', 'delete'].map((change) => `${family}_${change}`),
  ),
];

/** `message` objects have their present shape since 5.103. */
export function isOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < 5 || (major === 5 && minor < 103);
}

/** Names of the wanted events that a set of switches leaves off. */
export const missingOf = (
  wanted: readonly string[],
  switches: Readonly<Record<string, unknown>>,
): readonly string[] => wanted.filter((name) => switches[name] !== 1);

/** Parameters that turn events on. */
export const turnedOn = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, '1']));
