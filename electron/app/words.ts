import type { Language } from '#shared/text/duration.ts';

/** What is said in dialogs of the system, where the console and its words are not there to say it. */
const WORDS = {
  ru: {
    hopelessTitle: 'Пульт не может показать окно',
    hopeless:
      'Процесс окна завершился несколько раз подряд. Сохранённая работа цела. Закройте лишние программы и откройте Пульт снова; если не поможет, передайте администратору файл журнала: {path}',
  },
  en: {
    hopelessTitle: 'Pult cannot show its window',
    hopeless:
      'The window’s process ended several times in a row. What was saved is intact. Close other programs and open Pult again; if that does not help, give the administrator the log file: {path}',
  },
} as const satisfies Record<Language, Record<string, string>>;

/** A sentence in a language, with the path it names put in. */
export function wordOf(language: Language, name: keyof (typeof WORDS)['ru'], path = ''): string {
  return WORDS[language][name].replace('{path}', path);
}
