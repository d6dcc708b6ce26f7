declare global {
  interface Window {
    /** What console-page.ts offers to the test. */
    pult: {
      open(): Promise<void>;
      register(text: string): Promise<void>;
      texts(): Promise<readonly string[]>;
      unsent(): Promise<number>;
      told(): number;
    };
  }
}

export {};
