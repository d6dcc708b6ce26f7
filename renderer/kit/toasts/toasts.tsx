import { Button, Group } from '@mantine/core';
import { notifications, notificationsStore, type NotificationData } from '@mantine/notifications';

/** Number of toasts that fit above each other. */
export const TOASTS_SHOWN = 3;
const TROUBLE = 'red';
const HINT = 'yellow';

/**
 * Shows a toast now. Mantine lets a fourth one wait until an older one leaves, but a word about a key comes
 * at its stroke or misleads, so the oldest words give way. A trouble never does: it must be read.
 */
function show(toast: NotificationData): string {
  const shown = notifications.show(toast);
  notifications.updateState(notificationsStore, (all) => {
    const passing = all.filter(({ id, color }) => id !== shown && color !== TROUBLE);
    const leaving = new Set(passing.slice(0, Math.max(0, all.length - TOASTS_SHOWN)));
    return all.filter((kept) => !leaving.has(kept));
  });
  return shown;
}

/** A button in a toast, which closes it. */
export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

/**
 * A quiet word that something was done, with what may be done next: the way back, above all. `id` is to take
 * it back by.
 */
export function tellDone(message: string, action?: ToastAction, id?: string): void {
  const shown = show({
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
            flex="none"
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
export const hideToast = (id: string): void => void notifications.hide(id);

/** Says what is missing before an action can be done; one such hint at a time. */
export function tellHint(message: string): void {
  const id = `hint: ${message}`;
  notifications.updateState(notificationsStore, (all) =>
    all.filter((toast) => toast.color !== HINT || toast.id === id),
  );
  show({ id, message, color: HINT, autoClose: 4000, withBorder: true, withCloseButton: false });
}

/** Takes hints back: what was missing is there, or no longer asked for. */
export const untellHints = (): void =>
  notifications.updateState(notificationsStore, (all) => all.filter(({ color }) => color !== HINT));

/** Tells of a failure; stays longer, because it must be read. */
export function tellTrouble(message: string, close: string): void {
  show({
    message,
    color: TROUBLE,
    autoClose: 12_000,
    withBorder: true,
    closeButtonProps: { 'aria-label': close },
  });
}
