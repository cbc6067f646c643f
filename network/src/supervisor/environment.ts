/**
 * Variables that programs need. Nothing else is passed on: no passphrase, and no CORE_* that would override a node's
 * configuration.
 */
const needed = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'LC_ALL', 'TZ', 'SystemRoot'] as const;

/** The part of this process's environment that is passed to started programs. */
export function ownEnvironment(): Record<string, string> {
  return Object.fromEntries(
    needed.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
