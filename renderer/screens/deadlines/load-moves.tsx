import { Box } from '@mantine/core';
import type { DeadlinePolicy } from '#shared/domain/deadline.ts';
import type { LoadPreview } from '#shared/exchange/settings/read-load.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { MovedDeadlines } from '#renderer/kit/deadlines/moved-deadlines.tsx';
import { useMovedDeadlines } from '#renderer/kit/deadlines/use-moved-deadlines.ts';

/** Says which open deadlines the deadlines of a file would move. */
export function PolicyLoadMoves({ preview: { commands } }: { readonly preview: LoadPreview }) {
  const { policies } = useReference();
  const loaded = commands.flatMap(({ args }) => args.rows.map(({ row }) => row as DeadlinePolicy));
  const ids = new Set(loaded.map(({ id }) => id));
  const others = policies.filter(({ id }) => !ids.has(id));
  const moved = useMovedDeadlines(loaded.length === 0 ? null : { policies: [...others, ...loaded] });
  return loaded.length === 0 ? null : (
    <Box mt="md">
      <MovedDeadlines moved={moved} />
    </Box>
  );
}
