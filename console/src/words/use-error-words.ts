import { useEffect, useState } from 'react';
import { useWords } from './language.js';
import type { Said } from './refusals.js';

/** An error in words. They are loaded when there is one: with them come the rules, which are not in the first load. */
export function useErrorWords(error: Error): Said {
  const { language } = useWords();
  const [said, setSaid] = useState<Said>({ title: error.message, more: '' });
  useEffect(() => {
    void import('./refusals.js').then(({ errorWords }) => setSaid(errorWords(error, language)));
  }, [error, language]);
  return said;
}
