import { versionIn } from '@yici/terminal';

export const packageVersion = (): string => versionIn(new URL('../package.json', import.meta.url));
