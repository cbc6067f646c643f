import { languageOf, sayIn } from '@yici/terminal';

/** Says words in the language of whoever started this process. What is answered over HTTP has its reader's language instead. */
export const say = sayIn(languageOf(process.argv.slice(2), process.env));
