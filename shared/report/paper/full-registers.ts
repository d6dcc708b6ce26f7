import type { Example } from '#shared/domain/example.ts';
import { html, type Html } from '#shared/text/html.ts';
import type { Full } from './full-printing.ts';
import type { ActivityLine, CampaignLine, PeriodReport } from '#shared/report/summary/period-report.ts';
import { fill, shortDate, whole } from './sheet-text.ts';

/** What the centre held in the period, and the cases it tells about. */
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
    campaigns.map((one) => campaign(one, all)),
  )}${section(
    full.activities,
    activities.map((one) => activity(one, all)),
  )}${examples.length === 0 ? null : exampleCases(examples, all)}`;
}

const campaign = (one: CampaignLine, { full, language }: Full): Html =>
  html`<p class="entry">
    <strong>${one.title}</strong> ${fill(full.campaignLine, {
      from: shortDate(one.from),
      to: shortDate(one.to),
      before: whole(one.before, language),
      during: whole(one.during, language),
      after: whole(one.after, language),
      posts: whole(one.posts, language),
    })}
    ${one.reason}
  </p>`;

const activity = (one: ActivityLine, { full, language }: Full): Html =>
  html`<p class="entry">
    ${shortDate(one.date)}. ${full.activityKind[one.kind] ?? one.kind}. <strong>${one.title}</strong>:
    ${fill(full.activityLine, {
      agencies: whole(one.agencies, language),
      attended: whole(one.attended, language),
      invited: whole(one.invited, language),
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
      (one) =>
        html`<div class="example">
          <p class="told">${one.text}${one.author === '' ? null : html` <small>${one.author}</small>`}</p>
          ${picture(one.before, full.before)}${picture(one.after, full.after)}
        </div>`,
    )}
  </section>`;
}
