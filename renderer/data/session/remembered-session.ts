import { sessionSchema, type Session } from '#shared/protocol/session.ts';

const STORED = 'pult.session';

/**
 * Who works here. Holds no secret: only what opens the local copy, so that work goes on without the network.
 */
export function rememberedSession(): Session | null {
  const text = localStorage.getItem(STORED);
  if (text === null) return null;
  try {
    return sessionSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

export function rememberSession(session: Session): void {
  localStorage.setItem(STORED, JSON.stringify(session));
}

export function forgetSession(): void {
  localStorage.removeItem(STORED);
}

/**
 * Calls `listener` with who is remembered when another window of this browser may have changed it. A window
 * that was put aside gets no events while it sleeps, so it looks again whenever it is shown. Gives the
 * function that ends the watching.
 */
export function watchRemembered(listener: (session: Session | null) => void): () => void {
  const onStorage = ({ key }: StorageEvent): void => {
    if (key === STORED || key === null) listener(rememberedSession());
  };
  const onShown = (): void => {
    if (!document.hidden) listener(rememberedSession());
  };
  window.addEventListener('storage', onStorage);
  window.addEventListener('pageshow', onShown);
  document.addEventListener('visibilitychange', onShown);
  return () => {
    window.removeEventListener('storage', onStorage);
    window.removeEventListener('pageshow', onShown);
    document.removeEventListener('visibilitychange', onShown);
  };
}
