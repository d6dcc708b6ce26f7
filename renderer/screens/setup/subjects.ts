import { judgeAgencies, judgePlaces } from './judge-directory.ts';
import { judgeMail } from './judge-mail.ts';
import { judgeLetterhead } from './judge-letterhead.ts';
import { judgeImport, judgePages } from './judge-messages.ts';
import { judgeExecutors, judgePeople } from './judge-people.ts';
import { judgeRoutes } from './judge-routes.ts';
import { judgeHolidays, judgeDeadlines } from './judge-time.ts';
import { judgeTopics } from './judge-topics.ts';
import type { JudgedRegion } from './judged-region.ts';
import type { Verdict } from './verdict.ts';

/** Something that a centre sets up. Its words are `setup.line.<id>`. */
interface Subject {
  readonly id: string;
  /** Address of the screen where it is done. */
  readonly to: string;
  /** Without it no message is answered; what is not essential makes the work easier. */
  readonly isEssential: boolean;
  readonly judge: (region: JudgedRegion) => Verdict;
}

/** Subjects in the order in which a centre does them. To add one: a line here and its words. */
const SUBJECTS: readonly Subject[] = [
  { id: 'people', to: '/people', isEssential: true, judge: judgePeople },
  { id: 'agencies', to: '/agencies', isEssential: true, judge: judgeAgencies },
  { id: 'executors', to: '/people', isEssential: false, judge: judgeExecutors },
  { id: 'places', to: '/places', isEssential: true, judge: judgePlaces },
  { id: 'topics', to: '/topics', isEssential: true, judge: judgeTopics },
  { id: 'routes', to: '/routes', isEssential: false, judge: judgeRoutes },
  { id: 'calendar', to: '/calendar', isEssential: false, judge: judgeHolidays },
  { id: 'deadlines', to: '/deadlines', isEssential: false, judge: judgeDeadlines },
  { id: 'channels', to: '/channels', isEssential: false, judge: judgePages },
  { id: 'mail', to: '/mail', isEssential: false, judge: judgeMail },
  { id: 'import', to: '/import', isEssential: false, judge: judgeImport },
  { id: 'letterhead', to: '/rules', isEssential: false, judge: judgeLetterhead },
];

/** How a subject stands. */
export interface SetupLine extends Pick<Subject, 'id' | 'to' | 'isEssential'>, Verdict {}

/** Judges all subjects, in their order. */
export const setupOf = (region: JudgedRegion): readonly SetupLine[] =>
  SUBJECTS.map(({ judge, ...subject }) => ({ ...subject, ...judge(region) }));

/** True while something is missing without which no message is answered. Judges nothing else. */
export const isBare = (region: JudgedRegion): boolean =>
  SUBJECTS.some(({ isEssential, judge }) => isEssential && judge(region).state === 'missing');
