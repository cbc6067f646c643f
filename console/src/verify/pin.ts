/** Whether a text is a genesis hash, with blanks around it. */
export const isPin = (text: string): boolean => /^[0-9a-fA-F]{64}$/.test(text.trim());
