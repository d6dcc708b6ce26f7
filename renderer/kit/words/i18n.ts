import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '#shared/text/duration.ts';
import en from '#renderer/locales/en.json';
import ru from '#renderer/locales/ru.json';

const STORED = 'pult.language';

/** Russian unless this workstation chose English. */
export const storedLanguage = (): Language => (localStorage.getItem(STORED) === 'en' ? 'en' : 'ru');

/** The console's words; sentences of both languages are part of the build, so that they are there offline. */
export function startI18n(language: Language = storedLanguage()): i18n {
  const instance = createInstance();
  void instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'ru',
    resources: { ru: { translation: ru }, en: { translation: en } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  document.documentElement.lang = language;
  return instance;
}

export async function changeLanguage(instance: i18n, language: Language): Promise<void> {
  localStorage.setItem(STORED, language);
  document.documentElement.lang = language;
  await instance.changeLanguage(language);
}
