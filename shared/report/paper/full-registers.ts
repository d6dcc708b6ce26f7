import type { Example } from '#shared/domain/example.ts';
import { html, type Html } from '#shared/text/html.ts';
import type { Full } from './full-printing.ts';
import type { ActivityLine, CampaignLine, PeriodReport } from '#shared/report/summary/period-report.ts';
import { fill, shortDate, whole } from './sheet-text.ts';

/** Campaigns and activities of the period, and the cases the centre tells about. */
export function registers({ campaigns, activities, examples }: PeriodReport, all: Full): Html {
  const { full } = all;
  const section = (title: string, entries: readonly Html[]): Html =>
    entries.length === 0
      ? html``
      : html`<section>
          <h2>${title}</h2>
          ${entries}
        </section>`;
  return html`${section(
    full.campaigns,
    campaigns.map((line) => campaign(line, all)),
  )}${section(
    full.activities,
    activities.map((line) => activity(line, all)),
  )}${examples.length === 0 ? null : exampleCases(examples, all)}`;
}

const campaign = (line: CampaignLine, { full, language }: Full): Html =>
  html`<p class="entry">
    <strong>${line.title}</strong> ${fill(full.campaignLine, {
      from: shortDate(line.from),
      to: shortDate(line.to),
      before: whole(line.before, language),
      during: whole(line.during, language),
      after: whole(line.after, language),
      posts: whole(line.posts, language),
    })}
    ${line.reason}
  </p>`;

const activity = (line: ActivityLine, { full, language }: Full): Html =>
  html`<p class="entry">
    ${shortDate(line.date)}. ${full.activityKind[line.kind] ?? line.kind}. <strong>${line.title}</strong>:
    ${fill(full.activityLine, {
      agencies: whole(line.agencies, language),
      attended: whole(line.attended, language),
      invited: whole(line.invited, language),
    })}
  </p>`;

/** A solved case in the words a person chose, its photos side by side. */
function exampleCases(examples: readonly Example[], { full, pictures }: Full): Html {
  const picture = (photo: Example['before'], label: string): Html => {
    if (photo === null) return html``;
    const { hash, width, height, caption } = photo;
    const address = pictures.get(hash);
    const shown =
      address === undefined
        ? html`<p class="none">${full.noPicture}</p>`
        : html`<img src="${address}" width="${width}" height="${height}" alt="${caption || label}" />`;
    return html`<figure>
      ${shown}
      <figcaption>${label}${caption === '' ? '' : `: ${caption}`}</figcaption>
    </figure>`;
  };
  return html`<section>
    <h2>${full.examples}</h2>
    ${examples.map(
      (example) =>
        html`<div class="example">
          <p class="told">
            ${example.text}${example.author === '' ? null : html` <small>${example.author}</small>`}
          </p>
          ${picture(example.before, full.before)}${picture(example.after, full.after)}
        </div>`,
    )}
  </section>`;
}
