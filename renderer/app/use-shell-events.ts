import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useMantineColorScheme } from '@mantine/core';
import { useConsole, useLaneCounts } from '#renderer/kit/context/console-context.tsx';
import { tellTrouble } from '#renderer/kit/toasts/toasts.tsx';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import { callShell } from '#renderer/host/shell-bridge.ts';
import { shellAround } from '#renderer/host/shell-state.ts';

/** Goes where links and notifications lead, and syncs at once when the workstation wakes up. */
function useShellLinks(): void {
  const { t } = useTranslation();
  const { hub } = useConsole();
  const [, goTo] = useLocation();
  useEffect(() => {
    const open = async (path: string): Promise<void> => {
      // Links name incidents by the number people know them by, the console by their id.
      const number = /^\/incident\/(\d+)$/.exec(path)?.[1];
      if (number === undefined) return goTo(path);
      const id = await hub.store.byNumber(Number(number));
      if (id === null) tellTrouble(t('shell.noIncident', { number }), t('common.close'));
      else goTo(`/incident/${id}`);
    };
    return shellAround()?.onEvent((event) => {
      if (event.kind === 'open') void open(event.path);
      else if (event.kind === 'resumed') void hub.store.syncNow();
    });
  }, [hub, goTo, t]);
}

/** Tells the shell what it shows for us: words, colours, and the number of burning deadlines on the icon. */
function useShellLooks(): void {
  const { host } = useConsole();
  const { burning } = useLaneCounts();
  const language = useLanguage();
  const { colorScheme } = useMantineColorScheme();
  useEffect(() => host.badge(burning), [host, burning]);
  // Whoever comes next must not find the last one's number on the icon.
  useEffect(() => () => host.badge(0), [host]);
  useEffect(() => {
    const shell = shellAround();
    if (shell === null) return;
    void callShell(shell.bridge, 'desktop.appearance', { language, theme: colorScheme });
  }, [language, colorScheme]);
}

/** Connects the console to the shell: actions that a browser's console does not have. */
export function useShellEvents(): void {
  useShellLinks();
  useShellLooks();
}
