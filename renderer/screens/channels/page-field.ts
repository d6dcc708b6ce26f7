import type { SentField } from '#renderer/kit/forms/use-sent-form.ts';
import type { PageDraft } from './page-draft.ts';

/** Gives the properties of a field's input: its value and listeners, and its words in the page's network. */
export type PageField = SentField<PageDraft>;
