/** «B2:C5» -> columns 1 to 2 counted from 0, rows 2 to 5; null for what is no range. */
function rangeOf(address: string) {
  const [, left = '', top = '', right = '', bottom = ''] =
    /^\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(address) ?? [];
  if (left === '') return null;
  const column = (letters: string): number =>
    Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { left: column(left), right: column(right), top: Number(top), bottom: Number(bottom) };
}

/**
 * Tells whether a row has a cell in one of `wanted` columns that is joined with another: only the first cell
 * of a joined range has its value, and the others would read as blank.
 */
export function mergedPlaces(
  addresses: readonly string[],
): (row: number, wanted: (column: number) => boolean) => boolean {
  const ranges = addresses.map(rangeOf).filter((range) => range !== null);
  return (row, wanted) =>
    ranges.some(({ left, right, top, bottom }) => {
      if (row < top || row > bottom) return false;
      for (let column = left; column <= right; column += 1) if (wanted(column)) return true;
      return false;
    });
}
