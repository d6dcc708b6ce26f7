/** The lines of a text field, trimmed, each once, without empty ones. */
export const typedLines = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  ),
];
