const WORDS = {
  ru: { title: 'Вернитесь в Пульт', text: 'Вход передан приложению. Эту страницу можно закрыть.' },
  en: {
    title: 'Go back to Pult',
    text: 'The sign-in was handed to the application. This page may be closed.',
  },
} as const;

const STYLE =
  ':root { color-scheme: light dark } body { font: 16px/1.5 system-ui, sans-serif; margin: 12vh auto 0; ' +
  'max-width: 34rem; padding: 0 1rem } h1 { font-size: 1.5rem; line-height: 1.25 }';

/** The page that a browser shows once it has handed the end of a sign-in over. Its words are ours alone. */
export function handedPage(language: 'ru' | 'en'): string {
  const { title, text } = WORDS[language];
  return (
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${title}</title>` +
    `<meta name="viewport" content="width=device-width"><style>${STYLE}</style></head>` +
    `<body><main><h1>${title}</h1><p>${text}</p></main></body></html>`
  );
}
