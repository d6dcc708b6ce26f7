import type { Session } from 'electron';

/**
 * Switches the spell checker off. Chromium asks a host of its own for the dictionary of the system's
 * language, at the first window and before anybody has typed (electron/electron#22573, #22995). One of our
 * own cannot be put in its place: Chromium reads only its own format (.bdic), which no package holds and
 * which the conversion that ships with Chromium's sources alone makes.
 */
export function switchOffSpelling(session: Pick<Session, 'setSpellCheckerEnabled'>): void {
  session.setSpellCheckerEnabled(false);
}
