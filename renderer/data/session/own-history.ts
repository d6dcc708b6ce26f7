import { navigate } from 'wouter/use-browser-location';

/**
 * Where this window's history began to be the present person's, as the place of an entry; kept over reloads.
 */
const STORED = 'pult.history';

const here = (): number => navigation.currentEntry?.index ?? 0;

/** Leaves the last person's address behind: what comes before this moment belongs to whoever sat here. */
export function beginHistory(): void {
  navigate('/', { replace: true });
  sessionStorage.setItem(STORED, String(here()));
}

/**
 * Makes «back» to an address of the person before lead home: it may hold a resident's name that was searched
 * for.
 */
export function guardHistory(): void {
  const onPop = (): void => {
    const beginning = sessionStorage.getItem(STORED);
    if (beginning !== null && here() < Number(beginning)) navigate('/', { replace: true });
  };
  // Before the router's own listener, which would show that address.
  window.addEventListener('popstate', onPop, true);
}
