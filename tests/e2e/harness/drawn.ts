import type { Page } from 'playwright-core';

/**
 * Waits until the page has done what was pressed: two frames later everything is drawn that needs no
 * answer from elsewhere, and what fades in or out is over.
 */
export const drawn = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const frame = () => new Promise((done) => void requestAnimationFrame(done));
    const fading = () =>
      document
        .getAnimations()
        .filter(
          (animation) =>
            animation.playState === 'running' && animation.effect?.getComputedTiming().endTime !== Infinity,
        );
    do {
      await frame();
      await frame();
      await Promise.allSettled(fading().map(({ finished }) => finished));
    } while (fading().length > 0);
  });
