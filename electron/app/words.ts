import type { Language } from '#shared/text/duration.ts';

/** What is said in dialogs of the system, where the console and its words are not there to say it. */
const WORDS = {
  ru: {
    hopelessTitle: 'Пульт не может показать окно',
    hopeless:
      'Процесс окна завершился несколько раз подряд. Сохранённая работа цела. Закройте лишние программы и откройте Пульт снова; если не поможет, передайте администратору файл журнала: {path}',
    unusable: 'Пульт не может начать работу',
    disk_full:
      'На диске нет места. Пульт не открыт, чтобы браузер не выбросил местную копию. Освободите место и попробуйте снова. Папка: {path}',
    read_only:
      'Папка Пульта закрыта для записи: сохранить действия было бы негде. Попросите администратора открыть её. Папка: {path}',
    failed: 'В папку Пульта не получается писать. Покажите это администратору. Папка: {path}',
    again: 'Попробовать снова',
    close: 'Закрыть',
  },
  en: {
    hopelessTitle: 'Pult cannot show its window',
    hopeless:
      'The window’s process ended several times in a row. What was saved is intact. Close other programs and open Pult again; if that does not help, give the administrator the log file: {path}',
    unusable: 'Pult cannot start',
    disk_full:
      'There is no room on the disk. Pult was not opened, so that the local copy is not thrown away. Free some room and try again. Folder: {path}',
    read_only:
      'The folder of Pult is closed for writing: there would be nowhere to keep your actions. Ask the administrator to open it. Folder: {path}',
    failed: 'The folder of Pult cannot be written to. Show this to the administrator. Folder: {path}',
    again: 'Try again',
    close: 'Close',
  },
} as const satisfies Record<Language, Record<string, string>>;

/** A sentence in a language, with the path it names put in. */
export function wordOf(language: Language, name: keyof (typeof WORDS)['ru'], path = ''): string {
  return WORDS[language][name].replace('{path}', path);
}
