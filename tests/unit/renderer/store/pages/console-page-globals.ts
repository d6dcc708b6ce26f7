declare global {
  interface Window {
    /** Offered to the test by console-page.ts. */
    pult: {
      open(): Promise<void>;
      register(text: string): Promise<void>;
      texts(): Promise<readonly string[]>;
      unsent(): Promise<number>;
      /** Calls a method that an older build of the worker does not have; gives how many it found. */
      joined(): Promise<number>;
      changes(): number;
      /** True while what was asked here waits for another window that stands still. */
      isOwnerSilent(): boolean;
      /** Kinds of the alarms that stand. */
      alarms(): Promise<readonly string[]>;
    };
  }
}

export {};
