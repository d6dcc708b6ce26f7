import type { Attachment } from '#shared/domain/attachment.ts';

/**
 * Files that commands name, by their hash. The arguments are as they were typed here, of whatever version of
 * their command.
 */
export function namedAttachments(
  commands: readonly { readonly args: unknown }[],
): ReadonlyMap<string, Attachment> {
  return new Map(commands.flatMap(({ args }) => filesOf(args)).map((file) => [file.hash, file]));
}

/** Files that the arguments of one command name. */
export function filesOf(args: unknown): readonly Attachment[] {
  if (typeof args !== 'object' || args === null || !('attachments' in args)) return [];
  return Array.isArray(args.attachments) ? (args.attachments as Attachment[]) : [];
}
