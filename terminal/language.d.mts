/** The language of this run: `--lang`, else YICI_LANG, else the system's; Chinese unless that is English. */
export function languageOf(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): 'zh' | 'en';
