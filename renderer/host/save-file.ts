/** Gives the person a file, the way a browser does: into the downloads folder or where they choose. */
export function saveFile(name: string, type: string, content: BlobPart): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser reads the address after the click; freed too soon, the file comes empty.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
