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
          <Button size="compact-sm" variant="light" onClick={() => { notifications.hide(id); undo.run(); }}>{undo.label}</Button>
        )}
      </Group>
    ),
  });
}

/** Something did not work; stays longer, because it must be read. */
export function tellTrouble(message: string): void {
  notifications.show({ message, color: 'red', autoClose: 12_000, withBorder: true });
}
