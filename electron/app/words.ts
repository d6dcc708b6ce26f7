import type { Language } from '#shared/text/duration.ts';

/** Sentences of the system's dialogs, where the console and its words are not there to say it. */
const WORDS = {
  ru: {
    hopelessTitle: 'Пульт не может показать окно',
    hopeless:
      'Процесс окна завершился несколько раз подряд. Сохранённая работа цела. Закройте лишние программы и ' +
      'откройте Пульт снова; если не поможет, передайте администратору файл журнала: {path}',
    unusable: 'Пульт не может начать работу',
    disk_full:
      'На диске нет места. Пульт не открыт, чтобы браузер не выбросил местную копию. ' +
      'Освободите место и попробуйте снова. Папка: {path}',
    read_only:
      'Папка Пульта закрыта для записи: сохранить действия было бы негде. Попросите администратора открыть ' +
      'её. Папка: {path}',
    failed: 'В папку Пульта не получается писать. Покажите это администратору. Папка: {path}',
    elsewhere:
      'Профиль Пульта открыт на компьютере {host}. Закройте Пульт там и попробуйте снова. ' +
      'Если того компьютера больше нет или он назывался иначе, удалите файл {path}',
    silent:
      'Пульт уже открыт (процесс {pid}), но не отвечает. Подождите минуту и попробуйте снова. ' +
      'Если окно так и не появится, завершите этот процесс: сохранённая работа цела. Папка: {path}',
    unlockable:
      'Папку Пульта не получается занять, хотя она никем не занята. Закройте Пульт, ' +
      'перезагрузите компьютер и попробуйте снова; если не поможет, удалите файл {path}',
    again: 'Попробовать снова',
    close: 'Закрыть',
  },
  en: {
    hopelessTitle: 'Pult cannot show its window',
    hopeless:
      'The window’s process ended several times in a row. What was saved is intact. ' +
      'Close other programs and open Pult again; if that does not help, give the administrator the log ' +
      'file: {path}',
    unusable: 'Pult cannot start',
    disk_full:
      'There is no room on the disk. Pult was not opened, so that the local copy is not thrown away. ' +
      'Free some room and try again. Folder: {path}',
    read_only:
      'The folder of Pult is closed for writing: there would be nowhere to keep your actions. ' +
      'Ask the administrator to open it. Folder: {path}',
    failed: 'The folder of Pult cannot be written to. Show this to the administrator. Folder: {path}',
    elsewhere:
      'The profile of Pult is open on the computer {host}. Close Pult there and try again. ' +
      'If that computer is gone or had another name, remove the file {path}',
    silent:
      'Pult is open already (process {pid}) but does not answer. Wait a minute and try again. ' +
      'If its window does not come, end that process: what was saved is intact. Folder: {path}',
    unlockable:
      'The folder of Pult cannot be taken although nobody holds it. Close Pult, restart the computer and ' +
      'try again; if that does not help, remove the file {path}',
    again: 'Try again',
    close: 'Close',
  },
} as const satisfies Record<Language, Record<string, string>>;

/** The values a sentence names. */
export interface Named {
  readonly path?: string;
  readonly host?: string;
  readonly pid?: number;
}

/** A sentence in a language, with what it names put in. */
export function wordOf(language: Language, name: keyof (typeof WORDS)['ru'], named: Named = {}): string {
  return WORDS[language][name].replaceAll(/\{(path|host|pid)\}/g, (_, of: keyof Named) =>
    String(named[of] ?? ''),
  );
}
