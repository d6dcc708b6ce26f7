import type { Minutes } from '#shared/domain/instant.ts';
import { formatDuration } from '#shared/text/duration.ts';
import { html, type Html } from '#shared/text/html.ts';
import { TOP_AGENCIES, TOP_GROUPS, TOP_MUNICIPALITIES, topicFigure } from '#shared/report/summary/figure.ts';
import type { AgencyLine, GroupLine, PeriodReport } from '#shared/report/summary/period-report.ts';
import { figure, percent, plainTopic, signed, type Printing } from './sheet-text.ts';

/** How many single topics the sheet names. */
const TOP_TOPICS = 4;

const sum = (lines: readonly { readonly count: number }[]): number =>
  lines.reduce((total, { count }) => total + count, 0);

/** The most frequent groups and the rest in one line. */
export function groupTable(report: PeriodReport, printing: Printing): Html {
  const { words } = printing;
  const rest = report.groups.slice(TOP_GROUPS);
  return html`<h2>${words.whatAbout}</h2>
    <table>
      <thead>
        <tr>
          <td></td>
          <th scope="col">${words.group}</th>
          <th scope="col">${words.count}</th>
          <th scope="col">${words.share}</th>
          ${report.previous === null ? null : html`<th scope="col">${words.change}</th>`}
        </tr>
      </thead>
      <tbody>
        ${report.groups.slice(0, TOP_GROUPS).map((one) => groupRow(one, report, printing))}
        ${rest.length === 0 ? null : otherGroupsRow(rest, report, printing)}
      </tbody>
    </table>`;
}

function groupRow(one: GroupLine, { groups, previous }: PeriodReport, { words, language }: Printing): Html {
  const most = groups[0]?.count ?? 1;
  return html`<tr>
    <td class="bar"><i style="width:${Math.round((one.count / most) * 100)}%"></i></td>
    <th scope="row">${one.group || words.unnamed}</th>
    <td>${figure(`group:${one.group}`, one.count, language)}</td>
    <td>${percent(one.share, language)}</td>
    ${previous === null ? null : html`<td>${one.change === null ? '' : signed(one.change, language)}</td>`}
  </tr>`;
}

function otherGroupsRow(
  rest: readonly GroupLine[],
  { received, previous }: PeriodReport,
  { words, language }: Printing,
): Html {
  const count = sum(rest);
  const change = rest.reduce((total, one) => total + (one.change ?? 0), 0);
  return html`<tr>
    <td class="bar"></td>
    <th scope="row">${words.otherGroups} (${rest.length})</th>
    <td>${figure('otherGroups', count, language)}</td>
    <td>${percent(count / received, language)}</td>
    ${previous === null ? null : html`<td>${signed(change, language)}</td>`}
  </tr>`;
}

/** The single topics people wrote about most, whatever their group. */
export function topicTable({ groups }: PeriodReport, { words, language }: Printing): Html {
  const top = groups
    .flatMap(({ group, topics }) => topics.map((one) => ({ group, ...one })))
    .filter(({ topic }) => topic !== '')
    .toSorted((a, b) => b.count - a.count)
    .slice(0, TOP_TOPICS);
  if (top.length === 0) return html``;
  return html`<h2>${words.topics}</h2>
    <table>
      <tbody>
        ${top.map(
          ({ group, topic, count }) =>
            html`<tr>
              <th scope="row">${plainTopic(topic)} <small>${group}</small></th>
              <td>${figure(topicFigure(group, topic), count, language)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}

/** Where the messages come from, with the rate per thousand residents. */
export function municipalityTable({ municipalities }: PeriodReport, { words, language }: Printing): Html {
  const rate = new Intl.NumberFormat(language, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
  const others = sum(municipalities.slice(TOP_MUNICIPALITIES));
  return html`<h2>${words.whereFrom}</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">${words.municipality}</th>
          <th scope="col">${words.count}</th>
          <th scope="col">${words.perThousand}</th>
        </tr>
      </thead>
      <tbody>
        ${municipalities.slice(0, TOP_MUNICIPALITIES).map(
          (one) =>
            html`<tr>
              <th scope="row">${one.municipality || words.unnamed}</th>
              <td>${figure(`municipality:${one.municipality}`, one.count, language)}</td>
              <td>${one.perThousand === null ? '—' : rate.format(one.perThousand)}</td>
            </tr>`,
        )}
        ${
          others === 0
            ? null
            : html`<tr>
                <th scope="row">
                  ${words.otherMunicipalities} (${municipalities.length - TOP_MUNICIPALITIES})
                </th>
                <td>${figure('otherMunicipalities', others, language)}</td>
                <td></td>
              </tr>`
        }
      </tbody>
    </table>`;
}

/** On which networks people wrote, in one line. */
export function networkLine({ networks }: PeriodReport, { words, language }: Printing): Html {
  const parts = networks.map(
    ({ network, count, share }) =>
      html`${words.network[network] ?? network} ${figure(`network:${network}`, count, language)}
      (${percent(share, language)})`,
  );
  return line(words.networks, parts);
}

/** What came of the messages received, in one line. */
export function outcomeLine({ outcomes }: PeriodReport, { words, language }: Printing): Html {
  const parts = outcomes.map(
    ({ outcome, count }) =>
      html`${words.outcome[outcome] ?? outcome} ${figure(`outcome:${outcome}`, count, language)}`,
  );
  return parts.length === 0 ? html`` : line(words.outcomes, parts);
}

const line = (title: string, parts: readonly Html[]): Html =>
  html`<p class="line">
    <strong>${title}</strong> ${parts.map((part, index) => html`${index === 0 ? '' : ' · '}${part}`)}
  </p>`;

/** Who answered, how soon and how often in time. */
export function agencyTable({ agencies }: PeriodReport, printing: Printing): Html {
  const { words, language } = printing;
  const rest = agencies.slice(TOP_AGENCIES);
  return html`<h2>${words.whoAnswered}</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">${words.agency}</th>
          <th scope="col">${words.got}</th>
          <th scope="col">${words.mean}</th>
          <th scope="col">${words.median}</th>
          <th scope="col">${words.inTime}</th>
          <th scope="col">${words.returns}</th>
        </tr>
      </thead>
      <tbody>
        ${agencies.slice(0, TOP_AGENCIES).map((one) => agencyRow(one, printing))}
        ${
          rest.length === 0
            ? null
            : html`<tr>
                <th scope="row">${words.otherAgencies} (${rest.length})</th>
                <td>${figure('otherAgencies', sum(rest), language)}</td>
                <td></td>
                <td></td>
                <td></td>
                <td>${rest.reduce((total, { returns }) => total + returns, 0)}</td>
              </tr>`
        }
      </tbody>
    </table>`;
}

function agencyRow(one: AgencyLine, { language }: Printing): Html {
  const time = (minutes: Minutes | null): string =>
    minutes === null ? '—' : formatDuration(minutes, language);
  return html`<tr>
    <th scope="row">${one.name}</th>
    <td>${figure(`agency:${one.agency}`, one.count, language)}</td>
    <td>${time(one.working.meanMinutes)}</td>
    <td>${time(one.working.medianMinutes)}</td>
    <td>${percent(one.inTimeShare, language)}</td>
    <td>${one.returns}</td>
  </tr>`;
}
