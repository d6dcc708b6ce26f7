import { TextInput } from '@mantine/core';
import type { Instant } from '#shared/domain/instant.ts';
import { formatLocalTimestamp, parseLocalTimestamp } from '#shared/domain/time-zone.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';

interface MomentInputProps {
  readonly label: string;
  /** `null`: not chosen yet. */
  readonly value: Instant | null;
  readonly onChange: (at: Instant) => void;
  readonly error?: string;
  readonly hint?: string;
}

/** A moment in the region's time, whatever the workstation's own zone is. */
export const MomentInput = ({ label, value, onChange, error = '', hint }: MomentInputProps) => {
  const { zone } = useReference();
  return (
    <TextInput
      type="datetime-local"
      label={label}
      description={hint}
      value={value === null ? '' : formatLocalTimestamp(zone, value).slice(0, 16).replace(' ', 'T')}
      error={error === '' ? null : <span role="alert">{error}</span>}
      onChange={(event) => {
        const at = parseLocalTimestamp(zone, event.currentTarget.value);
        if (at !== null) onChange(at);
      }}
    />
  );
};
