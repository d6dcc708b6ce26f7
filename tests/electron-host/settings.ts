/** How the host plays the system around the application; given by the test in `PULT_HOST`. */
export interface HostSettings {
  /** Electron's `userData`. */
  readonly profile: string;
  /** Where a test reaches the same Chromium by CDP. */
  readonly debugPort: number;
  readonly keychain: 'gnome_libsecret' | 'basic_text' | 'unavailable';
  readonly printers: readonly string[];
  /** The path the person chooses in a save dialog; null gives up. */
  readonly savePath: string | null;
  /** Of the page, CSS pixels. */
  readonly viewport: { readonly width: number; readonly height: number };
  readonly displays: readonly {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
}

/** An order of the test to the host, over the process's own channel. */
export type HostOrder =
  | { readonly kind: 'records' }
  | { readonly kind: 'second-instance'; readonly argv: readonly string[] }
  | { readonly kind: 'resume' }
  /** The newest of this title. */
  | { readonly kind: 'click-notification'; readonly title: string }
  | { readonly kind: 'kill-page' }
  | { readonly kind: 'close-window' }
  | { readonly kind: 'permission'; readonly permission: string };

/** The application's calls to the system, in order. */
export interface HostRecord {
  readonly what: string;
  readonly with: unknown;
}
