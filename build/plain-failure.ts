/** A failure whose message is a sentence for the person at the terminal and says what to do. */
export class PlainFailure extends Error {}
