import { createContext, useContext, type Provider } from 'react';
import { ConsoleError } from './errors.js';

/** What a part of the page has from above it, and how it is got there. @param what for whoever forgets to put it there */
export function newContext<T>(what: string): readonly [Provider<T | undefined>, () => T] {
  const Context = createContext<T | undefined>(undefined);
  const useAbove = (): T => {
    const found = useContext(Context);
    if (found === undefined) throw new ConsoleError('NOTHING_ABOVE', `no ${what} above this`);
    return found;
  };
  return [Context.Provider, useAbove];
}
