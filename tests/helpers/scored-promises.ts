import { readFileSync } from 'node:fs';
import { compileCalendar } from '#shared/domain/calendar.ts';
import { defaultWorkingCalendar } from '#shared/domain/data/russian-holidays.ts';
import { must } from '#shared/domain/must.ts';
import { findPromises } from '#shared/domain/promise.ts';
import { formatLocalTimestamp, parseLocalTimestamp } from '#shared/domain/time-zone.ts';

const ZONE = 'Asia/Vladivostok';
const calendar = compileCalendar(defaultWorkingCalendar());

/** A sentence of a reply, the local moment it was written at, and the times it promises. */
interface PromiseSample {
  readonly written: string;
  readonly text: string;
  /** Each a day, a minute (`2026-03-05 18:00`) or a span of days that are all right (`… .. …`). */
  readonly promised: readonly string[];
}

/** Counts what was found where it is promised, found where it is not, and not found. */
interface PromiseScore {
  readonly right: number;
  readonly wrong: readonly string[];
  readonly missed: readonly string[];
  readonly precision: number;
  readonly recall: number;
}

/** Reads a file of samples; its first lines say how it is written. */
export function readSamples(file: string): PromiseSample[] {
  let written = '';
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      if (line.startsWith('@')) written = `${line.slice(1).trim()}:00`;
      const [text, times] = line.split(' => ');
      if (line.startsWith('#') || line.startsWith('@') || text === undefined || times === undefined)
        return [];
      const promised = times.trim() === '-' ? [] : times.split(';').map((time) => time.trim());
      return [{ written, text, promised }];
    });
}

const isMeant = (time: string, found: string): boolean => {
  const [from, to = from] = time.split('..');
  const compared = found.slice(0, from?.length);
  return from !== undefined && to !== undefined && compared >= from && compared <= to;
};

/** Compares what is found in samples with what they promise. */
export function scorePromises(samples: readonly PromiseSample[]): PromiseScore {
  let right = 0;
  const wrong: string[] = [];
  const missed: string[] = [];
  for (const { written, text, promised } of samples) {
    const at = must(parseLocalTimestamp(ZONE, written), written);
    const left = [...promised];
    for (const { due, phrase } of findPromises(text, at, calendar)) {
      const found = formatLocalTimestamp(ZONE, due).slice(0, 16);
      const place = left.findIndex((time) => isMeant(time, found));
      if (place < 0) wrong.push(`${text} → ${phrase}: ${found}`);
      else {
        right += 1;
        left.splice(place, 1);
      }
    }
    missed.push(...left.map((time) => `${text} → ${time}`));
  }
  return {
    right,
    wrong,
    missed,
    precision: right / Math.max(1, right + wrong.length),
    recall: right / Math.max(1, right + missed.length),
  };
}
