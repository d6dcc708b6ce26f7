import type { Printed } from '#shared/protocol/ipc.ts';
import type { CopyFiles } from '#renderer/data/store/kept-copy.ts';

/** All that differs between the Electron shell and a browser; everything else in the console is the same. */
export interface Host {
  readonly kind: 'browser' | 'shell';
  /** The version of what runs here, for «about» and the API. */
  readonly appVersion: string;
  /**
   * Opens a page of a social network in a window of its own, without the right to touch ours. http(s) only.
   */
  openExternal(url: string): void;
  /** Shows the system's or the browser's dialog; a browser never says how it went. */
  print(): Promise<Printed['kind']>;
  /** Saves the screen's paper form as a PDF where the person says; `null` where only the print dialog can. */
  readonly savePdf: ((name: string) => Promise<Printed>) | null;
  /**
   * Shows a notification of the system when the person has allowed it; quietly does nothing otherwise. A
   * click leads to `path`.
   */
  notify(title: string, body: string, path: string): void;
  askToNotify(): Promise<'granted' | 'denied' | 'unsupported'>;
  /** A person's files outside the browser's storage; `null` where there are none. */
  readonly copyFiles: CopyFiles | null;
  /** Shows how many deadlines burn on the application's icon, where there is one. */
  badge(burning: number): void;
}
