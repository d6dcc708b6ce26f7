declare global {
  interface Window {
    /** Offered to the test by console-page.ts. */
    pult: {
      open(): Promise<void>;
      register(text: string): Promise<void>;
      texts(): Promise<readonly string[]>;
      unsent(): Promise<number>;
      changes(): number;
    };
  }
}

export {};
