/** How names of materials are compared: spaces and capitals make no other document. */
export function materialName(zh: string): string {
  return zh.replace(/\s+/gu, '').toLowerCase();
}
