import { navigate } from 'wouter/use-browser-location';
import type { Host } from './host.ts';

/**
 * The address when it is one a person may be sent to, else null: `javascript:` and the like come from
 * strangers' texts.
 */
export function webAddress(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, href } = new URL(url);
  return protocol === 'https:' || protocol === 'http:' ? href : null;
}

/** The console in a browser tab or installed from one. */
export function browserHost(appVersion: string): Host {
  return {
    kind: 'browser',
    appVersion,
    openExternal: (url) => {
      const address = webAddress(url);
      if (address !== null) window.open(address, '_blank', 'noopener,noreferrer');
    },
    print: () => {
      window.print();
      return Promise.resolve('done');
    },
    savePdf: null,
    copyFiles: null,
    notify: (title, body, path) => {
      if (!('Notification' in window) || Notification.permission !== 'granted') return;
      // A later one of the same screen takes the place of the earlier.
      new Notification(title, { body, tag: path }).onclick = () => {
        window.focus();
        navigate(path);
      };
    },
    askToNotify: async () => {
      if (!('Notification' in window)) return 'unsupported';
      return (await Notification.requestPermission()) === 'granted' ? 'granted' : 'denied';
    },
    badge: (burning) => void navigator.setAppBadge?.(burning).catch(() => undefined),
  };
}
