export interface HelpPage {
  /** The command's names, without the program's. */
  readonly path: readonly string[];
  readonly english: string;
  readonly chinese: string;
}

/** Help of a program's commands that do something, found by its own help pages: no list of them is kept. */
export async function everyCommand(
  help: (args: readonly string[]) => Promise<string>,
  path: readonly string[] = [],
): Promise<HelpPage[]> {
  const english = await help([...path, '--help', '--lang', 'en']);
  const below = [
    ...(/^Commands:\n((?: {2}.*\n?)+)/m.exec(english)?.[1] ?? '').matchAll(/^ {2}([a-z-]+)/gm),
  ]
    .map(([, name = '']) => name)
    .filter((name) => name !== 'help');
  if (below.length === 0) {
    return [{ path, english, chinese: await help([...path, '--help', '--lang', 'zh']) }];
  }
  return (await Promise.all(below.map((name) => everyCommand(help, [...path, name])))).flat();
}

/** What is wrong with a page: each has an example of a whole line, `--json`, and one language. */
export function faultsOf({ path, english, chinese }: HelpPage, program: string): string[] {
  const line = [program, ...path].join(' ');
  const faults = [
    [english.includes(`$ ${line}`) && chinese.includes(`$ ${line}`), 'no example'],
    [english.includes('--json'), 'no --json'],
    [!/\p{Script=Han}/u.test(english.replace(/^ {2}\$ .*$/gm, '')), 'Chinese in English help'],
    [/\p{Script=Han}/u.test(chinese.split('\n')[2] ?? ''), 'no Chinese description'],
    [!/[<[][a-z]\w*(?:\.\.\.)?[\]>]/.test(chinese), 'English for what is to be typed'],
  ] as const;
  return faults.flatMap(([isFine, fault]) => (isFine ? [] : [`${line}: ${fault}`]));
}
