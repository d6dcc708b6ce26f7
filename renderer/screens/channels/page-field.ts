import type { UseFormReturnType } from '@mantine/form';
import type { PageDraft } from './page-draft.ts';

type InputProps = ReturnType<UseFormReturnType<PageDraft>['getInputProps']>;

/** Gives the properties of a field's input: its value and listeners, and its words in the page's network. */
export type PageField = (name: keyof PageDraft) => InputProps & {
  readonly label: string;
  readonly description: string;
  readonly error: string | undefined;
};
