/** Only what a program needs to run. Nothing else of the shell gets in: no passphrase, and no CORE_* that changes a node unseen. */
const needed = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'LC_ALL', 'TZ', 'SystemRoot'] as const;

/** The part of this process's environment that the programs it starts may see. */
export function ownEnvironment(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Record<string, string> {
  return Object.fromEntries(
    needed.flatMap((name) => {
      const value = env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
