import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';

/** A quiet word that something was done, with the way back where the thing can be undone. */
export function tellDone(message: string, undo?: { readonly label: string; readonly run: () => void }): void {
  const id = notifications.show({
    autoClose: undo === undefined ? 3000 : 8000,
    withBorder: true,
    withCloseButton: false,
    message: (
      <Group justify="space-between" gap="md" wrap="nowrap">
        <span>{message}</span>
        {undo !== undefined && (
          <Button
            size="compact-sm"
            variant="light"
            onClick={() => {
              notifications.hide(id);
              undo.run();
            }}
          >
            {undo.label}
          </Button>
        )}
      </Group>
    ),
  });
}

/** What is missing before a thing can be done. */
export function tellHint(message: string): void {
  notifications.show({
    id: 'hint',
    message,
    color: 'yellow',
    autoClose: 4000,
    withBorder: true,
    withCloseButton: false,
  });
}

/** Something did not work; stays longer, because it must be read. */
export function tellTrouble(message: string, close: string): void {
  notifications.show({
    message,
    color: 'red',
    autoClose: 12_000,
    withBorder: true,
    closeButtonProps: { 'aria-label': close },
  });
}
