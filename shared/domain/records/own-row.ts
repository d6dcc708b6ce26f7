/**
 * A stored reference row that says its id: topics of dictionaries and files are known by the id of their row
 * alone.
 */
export const ownRow = ({ id, row }: { readonly id: string; readonly row: unknown }): unknown =>
  typeof row === 'object' && row !== null ? { ...row, id } : row;
