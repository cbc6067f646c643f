/** The same sentence for both readers. */
export interface Sentence {
  readonly zh: string;
  readonly en: string;
}

type CheckName = 'node' | 'binaries' | 'disk' | 'ports' | 'openFiles' | 'clock';

/** What was looked at, what was found and, when that will not do, how to mend it. */
export interface Check {
  readonly name: CheckName;
  /** A warning stops nothing. */
  readonly status: 'ok' | 'warning' | 'missing';
  readonly found: Sentence;
  readonly mend?: Sentence;
  readonly details: Readonly<Record<string, unknown>>;
}
