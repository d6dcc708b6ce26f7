import { ActionIcon, Button, Group, Stack } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Properties of a field of a record's form. */
export interface InputField<T> {
  readonly label: string;
  readonly value: T;
  readonly onChange: (value: T) => void;
}

interface Lines<T> {
  readonly label: string;
  readonly value: readonly T[];
  readonly onChange: (value: T[]) => void;
  /** A line as it is added. */
  readonly blank: T;
  readonly draw: (line: T, change: (part: Partial<T>) => void) => ReactNode;
}

/** Any number of lines of one form, each with a way to take it out. */
export function LinesField<T extends object>({ label, value, onChange, blank, draw }: Lines<T>) {
  const { t } = useTranslation();
  return (
    <Stack gap={6} role="group" aria-label={label}>
      <b>{label}</b>
      {value.map((line, index) => (
        <Group key={index} gap={6} wrap="nowrap" align="flex-end">
          {draw(line, (part) =>
            onChange(value.map((other, at) => (at === index ? { ...other, ...part } : other))),
          )}
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('records.takeOut')}
            onClick={() => onChange(value.filter((_, at) => at !== index))}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => onChange([...value, blank])}
        style={{ alignSelf: 'flex-start' }}
      >
        {t('records.addLine')}
      </Button>
    </Stack>
  );
}
