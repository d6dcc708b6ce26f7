/** A module of ours: its path from the checkout, with forward slashes, and its text. */
export type Module = { readonly file: string; readonly source: string };
