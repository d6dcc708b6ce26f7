import type { TFunction } from 'i18next';
import type { BrowserContext, Page } from 'playwright-core';

/** One workstation with the console on its screen. */
export interface TestConsole {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly t: TFunction;
  /** Errors of scripts and refused resources seen so far; network failures are not among them. */
  readonly troubles: readonly string[];
  close(): Promise<void>;
}
