const STORED = 'pult.quiet';

/** Hours of the region's day in which this workstation shows no notifications. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

const usual: QuietHours = { from: '20:00', to: '08:00' };

export function quietHours(): QuietHours {
  const [from, to] = (localStorage.getItem(STORED) ?? '').split(' ');
  return from && to ? { from, to } : usual;
}

export function setQuietHours({ from, to }: QuietHours): void {
  localStorage.setItem(STORED, `${from} ${to}`);
}

/** Whether `time` («21:30») lies in the quiet hours; they may go over midnight. */
export const isQuiet = (time: string, { from, to }: QuietHours): boolean =>
  from <= to ? from <= time && time < to : time >= from || time < to;
