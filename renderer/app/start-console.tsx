import '@fontsource-variable/golos-text/wght.css';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './global.css';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { must } from '#shared/domain/must.ts';
import type { Session } from '#shared/protocol/session.ts';
import type { Host } from '#renderer/host/host.ts';
import { ShellGate } from './shell-gate.tsx';
import { applyDensity } from '#renderer/kit/preferences/density.ts';
import { guardHistory } from '#renderer/data/session/own-history.ts';
import { adoptUnowned, profileOf } from '#renderer/data/session/own-keys.ts';
import { rememberedSession } from '#renderer/data/session/remembered-session.ts';
import type { MakeStore } from './session-stages.ts';
import { Console } from './console.tsx';
import { startI18n } from '#renderer/kit/words/i18n.ts';
import { cssVariables, theme } from '#renderer/kit/preferences/theme.ts';
import { TOASTS_SHOWN } from '#renderer/kit/toasts/toasts.tsx';

const colorSchemes = localStorageColorSchemeManager({ key: 'pult.theme' });

/**
 * Draws the console into the page. The store and the host are what differs between the product, the shell and
 * tests.
 */
export function startConsole(makeStore: MakeStore, host: Host, first?: Session): void {
  const i18n = startI18n();
  applyDensity();
  const owner = rememberedSession();
  for (const storage of [localStorage, sessionStorage])
    adoptUnowned(storage, owner === null ? null : profileOf(owner));
  guardHistory();
  createRoot(must(document.getElementById('root'), 'the place of the console in the page')).render(
    <StrictMode>
      <I18nextProvider i18n={i18n}>
        <MantineProvider
          theme={theme}
          cssVariablesResolver={cssVariables}
          colorSchemeManager={colorSchemes}
          defaultColorScheme="auto"
        >
          <Notifications position="bottom-center" limit={TOASTS_SHOWN} containerWidth={460} />
          <ShellGate>
            <Console makeStore={makeStore} host={host} {...(first === undefined ? {} : { first })} />
          </ShellGate>
        </MantineProvider>
      </I18nextProvider>
    </StrictMode>,
  );
}
