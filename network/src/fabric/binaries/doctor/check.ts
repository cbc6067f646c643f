/** One sentence in both languages. */
export interface Sentence {
  readonly zh: string;
  readonly en: string;
}

type CheckName = 'node' | 'binaries' | 'disk' | 'ports' | 'openFiles' | 'clock';

/** The result of one check: what was checked, what was found and, if needed, the remedy. */
export interface Check {
  readonly name: CheckName;
  /** A warning does not fail the check. */
  readonly status: 'ok' | 'warning' | 'missing';
  readonly found: Sentence;
  readonly mend?: Sentence | undefined;
  readonly details: Readonly<Record<string, unknown>>;
}
