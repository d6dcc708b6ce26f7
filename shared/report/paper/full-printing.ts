import type { Minutes } from '#shared/domain/instant.ts';
import { formatDuration, type Language } from '#shared/text/duration.ts';
import { html, type Html } from '#shared/text/html.ts';
import type { FullWords } from './full-words.ts';
import { figure, type Printing } from './sheet-text.ts';

/** Words the sections of the full summary are written with. */
export interface Full extends Printing {
  readonly full: FullWords;
}

export const time = (minutes: Minutes | null, language: Language): string =>
  minutes === null ? '—' : formatDuration(minutes, language);

interface Counted {
  readonly name: string;
  readonly figure: string;
  readonly count: number;
}

/** «Title: one 5 · another 3», every number opening its incidents; nothing where there is nothing. */
export const countedLine = (title: string, lines: readonly Counted[], language: Language): Html =>
  lines.length === 0
    ? html``
    : html`<p class="line">
        <strong>${title}</strong> ${lines.map(
          (line, index) =>
            html`${index === 0 ? '' : ' · '}${line.name} ${figure(line.figure, line.count, language)}`,
        )}
      </p>`;
