import { sessionSchema, type Session } from '#shared/protocol/session.ts';

const STORED = 'pult.session';

/** Who worked here last. Holds no secret: only what opens the local copy, so that work goes on without the network. */
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
