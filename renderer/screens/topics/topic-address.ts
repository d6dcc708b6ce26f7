/** Address of a topic's form: its id may be a path of names. */
export const topicAddress = (id: string): string => `/topics/${encodeURIComponent(id)}`;

/** True where the end of an address, which arrives half decoded, means this id. */
export const isAddressOf = (id: string, address: string): boolean => {
  const encoded = encodeURIComponent(id);
  return [id, encoded, decodeURI(encoded)].includes(address);
};
