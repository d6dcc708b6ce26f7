/** One step of the schema's history. Forward only: a mistake is corrected by the next migration. */
export interface Migration {
  /** NNN-name, as the file. */
  readonly name: string;
  readonly statements: readonly string[];
}
