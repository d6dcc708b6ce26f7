import { eaoTiles } from '#shared/domain/data/eao-tiles.ts';
import type { Minutes } from '#shared/domain/instant.ts';
import { localTimeAt } from '#shared/domain/time-zone.ts';
import { formatDuration, type Language } from '#shared/text/duration.ts';
import { html, type Html } from '#shared/text/html.ts';
import { dayChart, tileMap } from './charts.ts';
import { topicFigure } from './figure.ts';
import { FULL_WORDS, type FullWords } from './full-words.ts';
import type { AgencyLine, Compared, PeriodReport } from './period-report.ts';
import { figure, fill, percent, plainTopic, shortDate, signed, whole, type Printing } from './sheet-text.ts';

interface Full extends Printing {
  readonly full: FullWords;
}

/** Topics named under each group. */
const TOPICS = 3;

const time = (minutes: Minutes | null, language: Language): string =>
  minutes === null ? '—' : formatDuration(minutes, language);

const head = (titles: readonly string[]): Html =>
  html`<thead>
    <tr>
      ${titles.map((title) => html`<th scope="col">${title}</th>`)}
    </tr>
  </thead>`;

/** The sections of the full summary that stand below the headline, in their order. */
export function fullSections(report: PeriodReport, printing: Printing): Html {
  const all: Full = { ...printing, full: FULL_WORDS[printing.language] };
  return html`${comparison(report, all)}${days(report, all)}${groups(report, all)}${municipalities(report, all)}${clocks(report, all)}${agencies(report, all)}${rating(report, all)}${quality(report, all)}${longest(report, all)}${registers(report, all)}`;
}

function comparison(report: PeriodReport, { full, language }: Full): Html {
  const { comparisons, yearToDate, firstReply, flow, period } = report;
  const ours: Compared = {
    ...period,
    received: report.received,
    answered: firstReply.answered,
    closed: flow.closed,
    solved: flow.solved,
    workingMeanMinutes: firstReply.working.meanMinutes,
    inTimeShare: firstReply.inTimeShare,
  };
  const rows: readonly (readonly [string, Compared | null])[] = [
    [full.thisPeriod, ours],
    [full.previous, comparisons.previous],
    [full.yearAgo, comparisons.yearAgo],
    [full.yearToDate, yearToDate],
    [full.lastYearToDate, yearToDate.before],
  ];
  return html`<section>
    <h2>${full.comparison}</h2>
    <table>
      ${head([full.period, full.received, full.answered, full.closed, full.solved, full.meanWorking, full.inTime])}
      <tbody>
        ${rows.map(([name, one]) => (one === null ? html`` : comparedRow(name, one, language)))}
      </tbody>
    </table>
  </section>`;
}

const comparedRow = (name: string, one: Compared, language: Language): Html =>
  html`<tr>
    <th scope="row">${name} <small>${shortDate(one.from)}–${shortDate(one.to)}</small></th>
    ${[one.received, one.answered, one.closed, one.solved].map((value) => html`<td>${whole(value, language)}</td>`)}
    <td>${time(one.workingMeanMinutes, language)}</td>
    <td>${percent(one.inTimeShare, language)}</td>
  </tr>`;

const days = (report: PeriodReport, { full }: Full): Html =>
  report.days.length < 2
    ? html``
    : html`<section class="whole">
        <h2>${full.days}</h2>
        ${dayChart(report.days, full.days)}
        <p><small>${full.daysNote}</small></p>
      </section>`;

function groups({ groups: lines, movers, previous, comparisons }: PeriodReport, all: Full): Html {
  const { full, words, language } = all;
  const moved = (title: string, of: PeriodReport['movers']['risers']): Html =>
    of.length === 0
      ? html``
      : html`<p class="line">
          <strong>${title}</strong> ${of.map(
            (one, index) =>
              html`${index === 0 ? '' : ' · '}${plainTopic(one.topic)}
              ${fill(full.movement, {
                before: whole(one.before, language),
                count: figure(topicFigure(one.group, one.topic), one.count, language),
              })}`,
          )}
        </p>`;
  const none = (value: number | null): string => (value === null ? '—' : whole(value, language));
  return html`<section>
    <h2>${full.groups}</h2>
    <table>
      ${head([
        words.group,
        words.count,
        words.share,
        ...(previous === null ? [] : [full.previousShort, words.change]),
        ...(comparisons.yearAgo === null ? [] : [full.yearAgoShort]),
      ])}
      <tbody>
        ${lines.map(
          (one) =>
            html`<tr>
              <th scope="row">
                ${one.group || words.unnamed}<br /><small
                  >${one.topics
                    .filter(({ topic }) => topic !== '')
                    .slice(0, TOPICS)
                    .map(
                      ({ topic, count }, index) =>
                        html`${index === 0 ? '' : ', '}${plainTopic(topic)}
                        ${figure(topicFigure(one.group, topic), count, language)}`,
                    )}</small
                >
              </th>
              <td>${figure(`group:${one.group}`, one.count, language)}</td>
              <td>${percent(one.share, language)}</td>
              ${
                previous === null
                  ? null
                  : html`<td>${none(one.previous)}</td>
                      <td>${one.change === null ? '' : signed(one.change, language)}</td>`
              }
              ${comparisons.yearAgo === null ? null : html`<td>${none(one.yearAgo)}</td>`}
            </tr>`,
        )}
      </tbody>
    </table>
    ${moved(full.risers, movers.risers)} ${moved(full.fallers, movers.fallers)}
  </section>`;
}

function municipalities({ municipalities: lines }: PeriodReport, { full, words, language }: Full): Html {
  const rate = new Intl.NumberFormat(language, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
  const tiles = lines.flatMap(({ municipality, count, perThousand }) => {
    const at = eaoTiles[municipality];
    return at === undefined
      ? []
      : [
          {
            name: shortened(municipality),
            figure: `municipality:${municipality}`,
            count,
            rate: perThousand ?? count,
            at,
          },
        ];
  });
  return html`<section class="whole">
    <h2>${full.municipalities}</h2>
    ${
      tiles.length < 2
        ? null
        : html`<p><small>${full.tiles}</small></p>
            ${tileMap(tiles, full.tiles)}`
    }
    <table>
      ${head([words.municipality, words.count, words.perThousand])}
      <tbody>
        ${lines.map(
          (one) =>
            html`<tr>
              <th scope="row">${one.municipality || words.unnamed}</th>
              <td>${figure(`municipality:${one.municipality}`, one.count, language)}</td>
              <td>${one.perThousand === null ? '—' : rate.format(one.perThousand)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

/** As much of a name as a tile holds. */
const shortened = (municipality: string): string => municipality.replace(/ район$/u, ' р-н').slice(0, 18);

function clocks({ clockBuckets }: PeriodReport, { full, language }: Full): Html {
  const most = Math.max(1, ...clockBuckets.flatMap(({ working, wall }) => [working, wall]));
  const bar = (value: number, kind: string): Html =>
    html`<td class="bar wide">
      <i class="${kind}" style="width:${Math.round((value / most) * 100)}%"></i>
    </td>`;
  return html`<section class="whole">
    <h2>${full.clocks}</h2>
    <table>
      ${head(['', full.working, '', full.wall, ''])}
      <tbody>
        ${clockBuckets.map(({ upToMinutes, working, wall }) => {
          const name = upToMinutes ?? 'more';
          const label =
            upToMinutes === null ? full.longer : full.upTo.replace('{time}', time(upToMinutes, language));
          return html`<tr>
            <th scope="row">${label}</th>
            <td>${figure(`bucketWorking:${name}`, working, language)}</td>
            ${bar(working, 'solid')}
            <td>${figure(`bucketWall:${name}`, wall, language)}</td>
            ${bar(wall, 'outline')}
          </tr>`;
        })}
      </tbody>
    </table>
  </section>`;
}

function agencies({ agencies: lines }: PeriodReport, all: Full): Html {
  const { full, words } = all;
  return html`<section>
    <h2>${full.agencies}</h2>
    <table class="dense">
      ${head([
        words.agency,
        words.got,
        full.unanswered,
        words.mean,
        words.median,
        full.wall,
        full.inTime,
        full.late,
        full.deferred,
        full.returns,
        full.repeats,
        full.approval,
        full.promises,
      ])}
      <tbody>
        ${lines.map((one) => agencyRow(one, all))}
      </tbody>
    </table>
  </section>`;
}

function agencyRow(one: AgencyLine, { language }: Full): Html {
  const opened = (name: string, value: number): Html =>
    value === 0 ? html`0` : figure(`${name}:${one.agency}`, value, language);
  return html`<tr>
    <th scope="row">${one.name}</th>
    <td>${opened('agency', one.count)}</td>
    <td>${opened('agencyUnanswered', one.unanswered)}</td>
    <td>${time(one.working.meanMinutes, language)}</td>
    <td>${time(one.working.medianMinutes, language)}</td>
    <td>${time(one.wall.meanMinutes, language)}</td>
    <td>${percent(one.inTimeShare, language)}</td>
    <td>${opened('agencyLate', one.late)}</td>
    <td>${opened('agencyDeferred', one.deferred)}</td>
    <td>${whole(one.returns, language)}</td>
    <td>${opened('agencyRepeat', one.repeats)}</td>
    <td>${time(one.approvalMeanMinutes, language)}</td>
    <td>${whole(one.promisesKept, language)}/${whole(one.promisesBroken, language)}</td>
  </tr>`;
}

function rating({ rating: { minimum, lines } }: PeriodReport, { full, words, language }: Full): Html {
  const decimal = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const [first] = lines;
  if (first === undefined) return html``;
  return html`<section>
    <h2>${full.rating}</h2>
    <p><small>${full.ratingNote.replace('{minimum}', String(minimum))}</small></p>
    <table class="dense">
      ${head([
        words.agency,
        full.place,
        full.points,
        ...first.parts.map(({ measure, max }) => `${full.measures[measure] ?? measure} (${max})`),
      ])}
      <tbody>
        ${lines.map(
          (one) =>
            html`<tr>
              <th scope="row">${one.name}</th>
              <td>${one.place ?? '—'}</td>
              <td>${one.points === null ? full.tooFew : decimal.format(one.points)}</td>
              ${one.parts.map(({ points }) => html`<td>${one.points === null || points === null ? '—' : decimal.format(points)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

function quality(report: PeriodReport, { full, words, language }: Full): Html {
  const { approval, promises, repeats, firstReply, deferred, survey, flow } = report;
  const opened = (name: string, value: number): Html => figure(name, value, language);
  const said = (sentence: string, values: Readonly<Record<string, Html | string>>): Html =>
    html`<p>${fill(sentence, values)}</p>`;
  const counted = (
    title: string,
    lines: readonly { readonly name: string; readonly figure: string; readonly count: number }[],
  ): Html =>
    lines.length === 0
      ? html``
      : html`<p class="line">
          <strong>${title}</strong> ${lines.map(
            (one, index) => html`${index === 0 ? '' : ' · '}${one.name} ${opened(one.figure, one.count)}`,
          )}
        </p>`;
  return html`<section class="whole">
    <h2>${full.quality}</h2>
    ${counted(
      full.kinds,
      report.kinds.map(({ kind, count }) => ({
        name: full.kind[kind] ?? kind,
        figure: `kind:${kind}`,
        count,
      })),
    )}
    ${counted(
      full.types,
      report.types.map(({ type, count }) => ({
        name: full.type[type] ?? type,
        figure: `type:${type}`,
        count,
      })),
    )}
    ${counted(
      words.outcomes,
      report.outcomes.map(({ outcome, count }) => ({
        name: words.outcome[outcome] ?? outcome,
        figure: `outcome:${outcome}`,
        count,
      })),
    )}
    ${counted(
      full.closingReasons,
      report.closingReasons.map(({ reason, count }) => ({
        name: full.closing[reason] ?? reason,
        figure: `closing:${reason}`,
        count,
      })),
    )}
    ${counted(
      full.rejectReasons,
      report.rejectReasons.map(({ reason, count }) => ({
        name: full.reject[reason] ?? reason,
        figure: `rejectReason:${reason}`,
        count,
      })),
    )}
    ${said(full.approvalLine, { mean: time(approval.meanMinutes, language), count: whole(approval.count, language) })}
    ${said(full.promisesLine, { kept: whole(promises.kept, language), broken: whole(promises.broken, language), open: whole(promises.open, language) })}
    ${said(full.repeatsLine, { count: opened('repeat', repeats.count), share: percent(repeats.share, language) })}
    ${said(full.interimLine, { interim: opened('interim', firstReply.interim), done: opened('interimDone', firstReply.interimDone) })}
    ${said(full.deferredLine, { count: opened('deferred', deferred.count), now: opened('deferredNow', deferred.now) })}
    ${said(full.surveyLine, {
      sent: opened('surveySent', survey.sent),
      graded: opened('graded', survey.graded),
      mean:
        survey.mean === null
          ? '—'
          : new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(survey.mean),
    })}
    <p>
      <strong>${full.flow}</strong> ${fill(full.flowLine, {
        carriedIn: opened('carriedIn', flow.carriedIn),
        received: opened('received', report.received),
        closed: opened('closed', flow.closed),
        rejected: opened('flowRejected', flow.rejected),
        merged: opened('flowMerged', flow.merged),
        carriedOut: opened('carriedOut', flow.carriedOut),
      })}
    </p>
  </section>`;
}

function longest({ longest: waits, timeZone }: PeriodReport, { full, words, language }: Full): Html {
  if (waits.length === 0) return html``;
  return html`<section class="whole">
    <h2>${full.longest}</h2>
    <table class="dense">
      ${head([words.group, full.number, full.when, full.working, full.wall, words.agency])}
      <tbody>
        ${waits.map((one) => {
          const { date, msOfDay } = localTimeAt(timeZone, one.createdAt);
          const minutes = Math.floor(msOfDay / 60_000);
          const clock = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
          return html`<tr>
            <th scope="row">
              ${plainTopic(one.topic) || one.group || words.unnamed} <small>${one.municipality}</small>
            </th>
            <td>${figure(`longest:${one.id}`, one.number === null ? '—' : String(one.number), language)}</td>
            <td>${shortDate(date)} ${clock}</td>
            <td>${time(one.workingMinutes, language)}</td>
            <td>${formatDuration(one.wallMinutes, language, { days: true })}</td>
            <td>${one.agencyName}${one.isAnswered ? '' : html` <small>${full.waiting}</small>`}</td>
          </tr>`;
        })}
      </tbody>
    </table>
  </section>`;
}

function registers({ campaigns, activities, examples }: PeriodReport, { full, language }: Full): Html {
  return html`${
    campaigns.length === 0
      ? null
      : html`<section>
          <h2>${full.campaigns}</h2>
          ${campaigns.map(
            (one) =>
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
              </p>`,
          )}
        </section>`
  }${
    activities.length === 0
      ? null
      : html`<section>
          <h2>${full.activities}</h2>
          ${activities.map(
            (one) =>
              html`<p class="entry">
                ${shortDate(one.date)}. ${full.activityKind[one.kind] ?? one.kind}.
                <strong>${one.title}</strong>:
                ${fill(full.activityLine, {
                  agencies: whole(one.agencies, language),
                  attended: whole(one.attended, language),
                  invited: whole(one.invited, language),
                })}
              </p>`,
          )}
        </section>`
  }${examples.length === 0 ? null : exampleCases(examples, full)}`;
}

function exampleCases(examples: PeriodReport['examples'], full: FullWords): Html {
  const picture = (photo: PeriodReport['examples'][number]['before'], label: string): Html =>
    photo === null
      ? html``
      : html`<figure>
          <img src="${photo.data}" alt="${photo.caption || label}" />
          <figcaption>${label}${photo.caption === '' ? '' : `: ${photo.caption}`}</figcaption>
        </figure>`;
  return html`<section>
    <h2>${full.examples}</h2>
    ${examples.map(
      (one) =>
        html`<div class="example">
          <p>${one.text}${one.author === '' ? '' : html` <small>${one.author}</small>`}</p>
          ${picture(one.before, full.before)}${picture(one.after, full.after)}
        </div>`,
    )}
  </section>`;
}
