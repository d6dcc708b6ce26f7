import type { Session } from 'electron';
import { isOurs } from '#electron/app/app-address.ts';

type CheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;
/**
 * Every permission Electron knows: one that a new version adds does not compile until somebody has decided.
 */
export type Permission = Parameters<CheckHandler>[1];

interface Ruling {
  readonly isAllowed: boolean;
  readonly because: string;
}

const no = (because: string): Ruling => ({ isAllowed: false, because });
const yes = (because: string): Ruling => ({ isAllowed: true, because });

const devices = no('no device is part of the work');
const senses = no('the work needs neither picture, sound nor place of the operator');
const background = no('nothing runs when the window is closed');
const network = no('pages talk to the API through the main process only');

/** Permissions of our pages, each with its reason. */
export const PERMISSIONS: Readonly<Record<Permission, Ruling>> = {
  'clipboard-sanitized-write': yes('links and numbers are copied by a button'),
  'persistent-storage': yes('the local copy must not be thrown away when the disk fills up'),
  notifications: no('the main process shows them, see desktop/notifications.ts'),
  openExternal: no('links go through desktop.openExternal, which reads the address'),
  'clipboard-read': no('pasting is a key, which needs no permission'),
  'deprecated-sync-clipboard-read': no('pasting is a key, which needs no permission'),
  fullscreen: no('the system does it for the window'),
  'automatic-fullscreen': no('the system does it for the window'),
  fileSystem: no('files come through a choice of the person and go out as downloads'),
  'local-fonts': no('the font is part of the build'),
  'top-level-storage-access': no('there is one origin'),
  'storage-access': no('there is one origin'),
  'window-management': no('the main process places the window'),
  'web-app-installation': no('it is installed'),
  'web-printing': no('the main process prints'),
  'payment-handler': no('nothing is paid for'),
  mediaKeySystem: no('nothing protected is played'),
  'screen-wake-lock': no('a wall display is set up by whoever looks after it'),
  'system-wake-lock': no('a wall display is set up by whoever looks after it'),
  'idle-detection': no('nobody watches whether the operator sits there'),
  keyboardLock: no('keys of the system stay the system’s'),
  pointerLock: no('nothing here catches the mouse'),
  'speaker-selection': senses,
  media: senses,
  'display-capture': senses,
  'captured-surface-control': senses,
  geolocation: senses,
  'geolocation-approximate': senses,
  sensors: senses,
  ar: senses,
  vr: senses,
  'hand-tracking': senses,
  hid: devices,
  midi: devices,
  midiSysex: devices,
  nfc: devices,
  serial: devices,
  'smart-card': devices,
  usb: devices,
  'background-fetch': background,
  'background-sync': background,
  'periodic-background-sync': background,
  'local-network': network,
  'local-network-access': network,
  'loopback-network': network,
  unknown: no('what has no name has no reason'),
};

/** Tells whether a page at `address` may. What is not in the table is refused. */
export function isAllowed(permission: string, address: string): boolean {
  const ruling = Object.hasOwn(PERMISSIONS, permission) ? PERMISSIONS[permission as Permission] : undefined;
  return ruling?.isAllowed === true && isOurs(address);
}

/**
 * Rules over asking and over looking, both: without the second a page would be told `granted` without asking.
 */
export function installPermissions(
  session: Pick<
    Session,
    'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
  >,
): void {
  session.setPermissionRequestHandler((_contents, permission, callback, { requestingUrl }) =>
    callback(isAllowed(permission, requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => isAllowed(permission, origin));
  session.setDevicePermissionHandler(() => false);
}
