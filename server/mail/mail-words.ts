import type { MailLanguage } from '#shared/protocol/mail.ts';
import type { MailedKind } from '#shared/protocol/notices.ts';

/** The words of mails in one language. */
interface MailWords {
  readonly subject: (text: string) => string;
  readonly from: (region: string) => string;
  readonly openConsole: string;
  readonly check: {
    readonly subject: string;
    readonly title: string;
    readonly lead: (region: string) => string;
  };
  readonly code: {
    readonly subject: (code: string) => string;
    readonly lead: (region: string) => string;
    readonly notYou: string;
  };
  readonly invitation: {
    readonly subject: string;
    readonly title: (name: string) => string;
    readonly lead: (region: string, login: string) => string;
    readonly act: string;
    readonly until: (day: string) => string;
    readonly notYou: string;
  };
  readonly notices: {
    /** Headings of the groups; `short` are their names in a subject. */
    readonly kinds: Readonly<Record<MailedKind, string>>;
    readonly short: Readonly<Record<MailedKind, string>>;
    readonly line: (number: number | null, topic: string | null) => string;
    readonly due: (at: string, isOver: boolean) => string;
    readonly more: (count: number) => string;
    readonly choose: string;
    readonly unsubscribe: string;
  };
  readonly bot: {
    readonly linked: (region: string, name: string) => string;
    readonly stopped: (region: string) => string;
    readonly stop: string;
  };
}

const RU: MailWords = {
  subject: (text) => `Пульт: ${text}`,
  from: (region) => `Письмо отправил Пульт, ${region}. Отвечать на него не нужно.`,
  openConsole: 'Открыть Пульт',
  check: {
    subject: 'Пульт: проверка почты',
    title: 'Почта работает',
    lead: (region) =>
      `Это письмо администратор попросил на экране «Почта» (${region}). Раз вы его читаете, письма доходят.`,
  },
  code: {
    subject: (code) => `Пульт: код ${code}`,
    lead: (region) =>
      `Введите этот код в Пульте, в разделе «Настройки»: уведомления будут приходить на этот адрес ` +
      `(${region}). Код действует полчаса.`,
    notYou: 'Если вы не просили код, удалите письмо: без кода на этот адрес больше ничего не придёт.',
  },
  invitation: {
    subject: 'Пульт: приглашение',
    title: (name) => name,
    lead: (region, login) =>
      `Вас приглашают работать в Пульте (${region}). Ваш логин: ${login}. ` +
      `Откройте ссылку и придумайте свой пароль.`,
    act: 'Задать пароль',
    until: (day) => `Ссылка действует один раз и до ${day}. Не пересылайте её.`,
    notYou: 'Если приглашение не вам, удалите письмо.',
  },
  notices: {
    kinds: {
      assigned: 'Направлено вам',
      sentBack: 'Ответ вернули на доработку',
      near: 'Срок близко',
      overdue: 'Срок вышел',
      promised: 'Обещано на сегодня',
    },
    short: {
      assigned: 'новых',
      sentBack: 'возвращено',
      near: 'срок близко',
      overdue: 'просрочено',
      promised: 'обещано сегодня',
    },
    line: (number, topic) =>
      `${number === null ? 'Без номера' : `№ ${number}`} · ${topic ?? 'тема не выбрана'}`,
    due: (at, isOver) => (isOver ? `Срок был ${at}` : `Срок ${at}`),
    more: (count) => `Здесь не всё: ещё ${count} в Пульте.`,
    choose: 'Выбрать, о чём сообщать',
    unsubscribe: 'Больше не присылать уведомления',
  },
  bot: {
    linked: (region, name) =>
      `${name}, сюда будут приходить уведомления Пульта (${region}): номер, тема и ссылка. ` +
      `О чём сообщать, выбирают в Пульте, в разделе «Настройки». Прекратить: /stop`,
    stopped: (region) =>
      `Уведомлений Пульта (${region}) здесь больше не будет. Вернуть их можно новым кодом из «Настроек».`,
    stop: 'Прекратить: /stop',
  },
};

const EN: MailWords = {
  subject: (text) => `Pult: ${text}`,
  from: (region) => `This mail was sent by Pult, ${region}. There is no need to answer it.`,
  openConsole: 'Open Pult',
  check: {
    subject: 'Pult: a check of mail',
    title: 'Mail works',
    lead: (region) =>
      `An administrator asked for this mail on the screen «Mail» (${region}). ` +
      `As you are reading it, mails arrive.`,
  },
  code: {
    subject: (code) => `Pult: code ${code}`,
    lead: (region) =>
      `Type this code in Pult, under «Settings», to get notices at this address (${region}). ` +
      `It is good for half an hour.`,
    notYou: 'If you did not ask for it, delete this mail: without the code nothing more comes here.',
  },
  invitation: {
    subject: 'Pult: an invitation',
    title: (name) => name,
    lead: (region, login) =>
      `You are invited to work in Pult (${region}). Your login: ${login}. ` +
      `Open the link and choose a password.`,
    act: 'Choose a password',
    until: (day) => `The link is good once and until ${day}. Do not pass it on.`,
    notYou: 'If the invitation is not for you, delete this mail.',
  },
  notices: {
    kinds: {
      assigned: 'Given to you',
      sentBack: 'Replies sent back to you',
      near: 'Deadline is near',
      overdue: 'Deadline has passed',
      promised: 'Promised for today',
    },
    short: {
      assigned: 'new',
      sentBack: 'sent back',
      near: 'deadline near',
      overdue: 'overdue',
      promised: 'promised today',
    },
    line: (number, topic) =>
      `${number === null ? 'No number' : `No. ${number}`} · ${topic ?? 'no topic yet'}`,
    due: (at, isOver) => (isOver ? `The deadline was ${at}` : `Deadline ${at}`),
    more: (count) => `This is not all: ${count} more in Pult.`,
    choose: 'Choose what to be told of',
    unsubscribe: 'Send me no more notices',
  },
  bot: {
    linked: (region, name) =>
      `${name}, notices of Pult (${region}) will come here: a number, a topic and a link. ` +
      `Choose under «Settings» in Pult what to be told of. To end them: /stop`,
    stopped: (region) =>
      `No more notices of Pult (${region}) will come here. A new code from «Settings» brings them back.`,
    stop: 'To end them: /stop',
  },
};

/** The words of mails; a region chooses one language for all of them. */
export const MAIL_WORDS: Readonly<Record<MailLanguage, MailWords>> = { ru: RU, en: EN };
