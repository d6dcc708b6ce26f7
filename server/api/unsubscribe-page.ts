import type { MailLanguage } from '#shared/protocol/mail.ts';

/** State that the page tells: it asks, it was done, or the link is nobody's. */
export type UnsubscribeState = 'asked' | 'done' | 'unknown';

type Words = Readonly<Record<UnsubscribeState, { readonly title: string; readonly text: string }>> & {
  readonly button: string;
};

const AGAIN: Readonly<Record<MailLanguage, string>> = {
  ru: 'Включить их снова можно в Пульте, в разделе «Настройки».',
  en: 'They are switched on again in Pult, under «Settings».',
};
const OFF: Readonly<Record<MailLanguage, string>> = {
  ru: 'Выключить уведомления можно и в Пульте, в разделе «Настройки».',
  en: 'Notices can also be switched off in Pult, under «Settings».',
};

const WORDS: Readonly<Record<MailLanguage, Words>> = {
  ru: {
    asked: {
      title: 'Больше не присылать уведомления?',
      text: `Письма о новых сообщениях, возвратах и сроках перестанут приходить. ${AGAIN.ru}`,
    },
    done: {
      title: 'Уведомления выключены',
      text: `Письма больше не приходят. ${AGAIN.ru}`,
    },
    unknown: {
      title: 'Ссылка не подходит',
      text: `Проверьте, что она скопирована целиком. ${OFF.ru}`,
    },
    button: 'Не присылать',
  },
  en: {
    asked: {
      title: 'Send no more notices?',
      text: `Mails about new messages, replies sent back and deadlines stop coming. ${AGAIN.en}`,
    },
    done: {
      title: 'Notices are off',
      text: `No more mails come. ${AGAIN.en}`,
    },
    unknown: {
      title: 'This link does not fit',
      text: `Check that it was copied whole. ${OFF.en}`,
    },
    button: 'Send no more',
  },
};

const STYLE = `
  :root { color-scheme: light dark; }
  body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText; }
  main { max-width: 34rem; margin: 12vh auto 0; padding: 0 1rem; }
  h1 { margin: 0 0 0.75rem; font-size: 1.5rem; line-height: 1.25; }
  button { margin-top: 0.5rem; padding: 0.6rem 1.1rem; border: 0; border-radius: 6px;
    background: #0b5cad; color: #fff; font: inherit; cursor: pointer; }
  button:focus-visible { outline: 3px solid #7db4ee; outline-offset: 2px; }
`;

/** A page of our own words alone: nothing that came with the request stands on it. */
export function unsubscribePage(state: UnsubscribeState, language: MailLanguage): string {
  const { [state]: words, button } = WORDS[language];
  const form = state === 'asked' ? `<form method="post"><button type="submit">${button}</button></form>` : '';
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">',
    `<title>${words.title}</title><style>${STYLE}</style></head>`,
    `<body><main><h1>${words.title}</h1><p>${words.text}</p>${form}</main></body></html>`,
  ].join('');
}
