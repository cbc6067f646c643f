import { useState } from 'react';
import { usePresent } from '../session/session.js';

/** A filing that somebody has begun: it lies in this browser alone, until it is filed or thrown away. */
export interface KeptFiling {
  /** What the filing is of, as the address of its page has it. */
  readonly code: string;
  readonly title: string;
  readonly typed: object;
  /** ISO 8601. */
  readonly at: string;
}

const prefix = (user: string): string => `yici.filing.${user}.`;

/** What one person has begun here, newest first. */
export function keptFilings(user: string): readonly KeptFiling[] {
  const found = Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix(user)))
    .flatMap((key) => read(key) ?? []);
  return found.sort((one, other) => (one.at < other.at ? 1 : -1));
}

export function forgetFiling(user: string, code: string): void {
  localStorage.removeItem(prefix(user) + code);
}

function read(key: string): KeptFiling | undefined {
  const text = localStorage.getItem(key);
  // What is there was written below.
  return text === null ? undefined : (JSON.parse(text) as KeptFiling);
}

export interface Keeping {
  /** What was there when the page was opened. */
  readonly begun: KeptFiling | undefined;
  /** When what is typed was last kept. */
  readonly at: string | undefined;
  /** This browser has no room for it. */
  readonly isFull: boolean;
  readonly keep: (title: string, typed: object) => void;
  readonly forget: () => void;
}

/** Keeps what is typed of a filing as it is typed: a page that is closed loses nothing. */
export function useKeptFiling(code: string): Keeping {
  const { user } = usePresent().session;
  const key = prefix(user) + code;
  const [begun] = useState(() => read(key));
  const [at, setAt] = useState(begun?.at);
  const [isFull, setFull] = useState(false);
  const keep = (title: string, typed: object) => {
    const kept: KeptFiling = { code, title, typed, at: new Date().toISOString() };
    try {
      localStorage.setItem(key, JSON.stringify(kept));
      setAt(kept.at);
      setFull(false);
    } catch {
      setFull(true);
    }
  };
  const forget = () => {
    localStorage.removeItem(key);
    setAt(undefined);
  };
  return { begun, at, isFull, keep, forget };
}
