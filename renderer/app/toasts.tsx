import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';

/** A button in a toast, which closes it. */
interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

/** A quiet word that something was done, with what may be done next: the way back, above all. `id` is to take it back by. */
export function tellDone(message: string, action?: ToastAction, id?: string): void {
  const shown = notifications.show({
    ...(id === undefined ? {} : { id }),
    autoClose: action === undefined ? 3000 : 8000,
    withBorder: true,
    withCloseButton: false,
    message: (
      <Group justify="space-between" gap="md" wrap="nowrap">
        <span>{message}</span>
        {action !== undefined && (
          <Button
            size="compact-sm"
            variant="light"
            onClick={() => {
              notifications.hide(shown);
              action.run();
            }}
          >
            {action.label}
          </Button>
        )}
      </Group>
    ),
  });
}

/** Takes a word back that is no longer true. */
export const untell = (id: string): void => void notifications.hide(id);

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
