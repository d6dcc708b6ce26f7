/** The registry's files in and out. */
export const ImportScreen = () => null;
