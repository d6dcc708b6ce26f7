import type { Minutes } from '#shared/domain/instant.ts';
import { WrongCell } from './row-cells.ts';

/** A length as a cell: «9 ч», «1 ч 30 мин», «45 мин». */
export function lengthCell(length: Minutes): string {
  const [hours, minutes] = [Math.floor(length / 60), length % 60];
  if (hours === 0) return `${minutes} мин`;
  return minutes === 0 ? `${hours} ч` : `${hours} ч ${minutes} мин`;
}

/** Hours before minutes, each with its unit: a bare number would be taken for either. */
const LENGTH = /^(?:(\d{1,5}) ?(?:ч|час|часа|часов)\.?)? ?(?:(\d{1,6}) ?(?:м|мин|минут|минуты|минута)\.?)?$/;

/** Reads a length of time in minutes. Throws WrongCell. */
export function lengthIn(column: string, said: string): Minutes {
  const [whole = '', hours = '0', minutes = '0'] =
    LENGTH.exec(said.toLowerCase().replaceAll(/\s+/g, ' ').trim()) ?? [];
  if (whole === '') throw new WrongCell(column, 'broken_length');
  return Number(hours) * 60 + Number(minutes);
}
