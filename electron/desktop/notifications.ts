import type { Notification, NotificationConstructorOptions } from 'electron';
import type { RequestOf } from '#shared/protocol/ipc.ts';

type Wanted = RequestOf<'desktop.notify'>;

interface NotificationParts {
  readonly create: (options: NotificationConstructorOptions) => Pick<Notification, 'show' | 'on'>;
  readonly isSupported: () => boolean;
  /** The person clicked: bring the window and go to that screen. */
  readonly onClick: (path: string | null) => void;
}

/**
 * Shows notifications of the system. Whether one is due, in the quiet hours and out of sight, the console
 * knows. Gives whether the system can show them. Those on the screen are held: a collected one could not be
 * clicked.
 */
export function createNotifier({ create, isSupported, onClick }: NotificationParts) {
  const shown = new Set<object>();
  return ({ title, body, path }: Wanted): boolean => {
    if (!isSupported()) return false;
    const notification = create({ title, body });
    shown.add(notification);
    notification.on('click', () => onClick(path));
    notification.on('close', () => shown.delete(notification));
    notification.show();
    return true;
  };
}
