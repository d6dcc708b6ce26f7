import { Box } from '@mantine/core';
import type { WorkingCalendar } from '#shared/domain/calendar.ts';
import type { LoadPreview } from '#shared/exchange/settings/read-load.ts';
import { MovedDeadlines } from '#renderer/kit/deadlines/moved-deadlines.tsx';
import { useMovedDeadlines } from '#renderer/kit/deadlines/use-moved-deadlines.ts';

/** Says which open deadlines the days of a file would move. */
export function CalendarLoadMoves({ preview: { commands } }: { readonly preview: LoadPreview }) {
  const calendar = commands[0]?.args.rows[0]?.row as WorkingCalendar | undefined;
  const moved = useMovedDeadlines(calendar === undefined ? null : { calendar });
  return calendar === undefined ? null : (
    <Box mt="md">
      <MovedDeadlines moved={moved} />
    </Box>
  );
}
