import { html, type Html } from '#shared/text/html.ts';

const STYLE: Html = {
  markup: `
  :root { color-scheme: light dark; }
  body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText; }
  main { max-width: 34rem; margin: 12vh auto 0; padding: 0 1rem; }
  h1 { margin: 0 0 0.75rem; font-size: 1.5rem; line-height: 1.25; }
  p { overflow-wrap: anywhere; }
  .mark { margin: 0.5rem 0; font-size: 2.5rem; line-height: 1.2; font-weight: 600; letter-spacing: 0.15em; }
  button { margin-top: 0.5rem; padding: 0.6rem 1.1rem; border: 0; border-radius: 6px;
    background: #0b5cad; color: #fff; font: inherit; cursor: pointer; }
  button:focus-visible { outline: 3px solid #7db4ee; outline-offset: 2px; }
`,
};

/** A page of our own for whoever stands in a browser without the console: a heading and what follows it. */
export const ownPage = (language: 'ru' | 'en', title: string, body: Html): string =>
  html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`.markup;
