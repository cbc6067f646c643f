import type { Words } from '@yici/domain/model';

type CheckName =
  'node' | 'binaries' | 'disk' | 'ports' | 'openFiles' | 'clock' | 'certificates' | 'tokens';

/** The result of one check: what was checked, what was found and, if needed, the remedy. */
export interface Check {
  readonly name: CheckName;
  /** A warning does not fail the check. */
  readonly status: 'ok' | 'warning' | 'missing';
  readonly found: Words;
  readonly mend?: Words | undefined;
  readonly details: Readonly<Record<string, unknown>>;
}
