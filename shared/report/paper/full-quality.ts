import { html, type Html } from '#shared/text/html.ts';
import { countedLine, time, type Full } from './full-printing.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import { figure, fill, percent, whole } from './sheet-text.ts';

/** How the work went besides its speed, and how what came and went adds up. */
export function quality(report: PeriodReport, all: Full): Html {
  return html`<section class="whole">
    <h2>${all.full.quality}</h2>
    ${countedLines(report, all)} ${sentences(report, all).map((sentence) => html`<p>${sentence}</p>`)}
    <p><strong>${all.full.flow}</strong> ${flow(report, all)}</p>
  </section>`;
}

type Lines = readonly (readonly [key: string, count: number])[];

function countedLines(report: PeriodReport, { full, words, language }: Full): readonly Html[] {
  const line = (title: string, kind: string, names: Readonly<Record<string, string>>, lines: Lines): Html =>
    countedLine(
      title,
      lines.map(([key, count]) => ({ name: names[key] ?? key, figure: `${kind}:${key}`, count })),
      language,
    );
  const reasons = (of: PeriodReport['closingReasons']): Lines => of.map((line) => [line.reason, line.count]);
  const kinds: Lines = report.kinds.map((line) => [line.kind, line.count]);
  const types: Lines = report.types.map((line) => [line.type, line.count]);
  const outcomes: Lines = report.outcomes.map((line) => [line.outcome, line.count]);
  return [
    line(full.kinds, 'kind', full.kind, kinds),
    line(full.types, 'type', full.type, types),
    line(words.outcomes, 'outcome', words.outcome, outcomes),
    line(full.closingReasons, 'closing', full.closing, reasons(report.closingReasons)),
    line(full.rejectReasons, 'rejectReason', full.reject, reasons(report.rejectReasons)),
  ];
}

/** None in summaries issued before it was counted. */
function warnedSentence(
  { approval: { warned, overlooked = 0 } }: PeriodReport,
  { full, language }: Pick<Full, 'full' | 'language'>,
): readonly Html[] {
  if (warned === undefined) return [];
  const told = { warned: figure('warned', warned, language), overlooked: whole(overlooked, language) };
  return [fill(full.warnedLine, told)];
}

function sentences(report: PeriodReport, { full, language }: Full): readonly Html[] {
  const { approval, promises, repeats, firstReply, deferred, survey } = report;
  const opened = (name: string, value: number): Html => figure(name, value, language);
  const plain = (value: number): string => whole(value, language);
  const grade = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  return [
    fill(full.approvalLine, { mean: time(approval.meanMinutes, language), count: plain(approval.count) }),
    ...(approval.own === undefined
      ? []
      : [fill(full.ownApprovalLine, { own: opened('ownApproved', approval.own) })]),
    ...warnedSentence(report, { full, language }),
    fill(full.promisesLine, {
      kept: plain(promises.kept),
      broken: plain(promises.broken),
      open: plain(promises.open),
    }),
    ...(promises.moved === undefined
      ? []
      : [fill(full.promisesMovedLine, { moved: opened('promisesMoved', promises.moved) })]),
    fill(full.repeatsLine, {
      count: opened('repeat', repeats.count),
      share: percent(repeats.share, language),
    }),
    fill(full.interimLine, {
      interim: opened('interim', firstReply.interim),
      done: opened('interimDone', firstReply.interimDone),
    }),
    fill(full.deferredLine, {
      count: opened('deferred', deferred.count),
      now: opened('deferredNow', deferred.now),
    }),
    fill(full.surveyLine, {
      sent: opened('surveySent', survey.sent),
      graded: opened('graded', survey.graded),
      mean: survey.mean === null ? '—' : grade.format(survey.mean),
    }),
  ];
}

function flow({ flow: moved, received }: PeriodReport, { full, language }: Full): Html {
  const opened = (name: string, value: number): Html => figure(name, value, language);
  return fill(full.flowLine, {
    carriedIn: opened('carriedIn', moved.carriedIn),
    received: opened('received', received),
    // Few months have any, and issues made before it was counted know of none.
    reopened:
      (moved.reopened ?? 0) === 0
        ? ''
        : fill(full.flowReopened, { reopened: opened('flowReopened', moved.reopened ?? 0) }),
    closed: opened('closed', moved.closed),
    rejected: opened('flowRejected', moved.rejected),
    merged: opened('flowMerged', moved.merged),
    carriedOut: opened('carriedOut', moved.carriedOut),
  });
}
