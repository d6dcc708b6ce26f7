/** What differs between the Electron shell and a browser. Everything else in the console is the same. */
export interface Host {
  readonly kind: 'browser' | 'shell';
  /** The version of what runs here, for «about» and the API. */
  readonly appVersion: string;
  /** Opens a page of a social network in a window of its own, without the right to touch ours. http(s) only. */
  openExternal(url: string): void;
  print(): void;
  /** Shows a notification of the system when the person has allowed it; quietly does nothing otherwise. */
  notify(title: string, body: string): void;
  askToNotify(): Promise<'granted' | 'denied' | 'unsupported'>;
}
