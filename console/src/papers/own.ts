import type { Session } from '@yici/api';
import { paperKinds } from '@yici/papers/kinds';
import { openDB } from 'idb';
import { ConsoleError } from '../errors.js';

/** The names that a department's folder of templates has, as `yici paper make --templates` reads it. */
const fonts = ['text', 'strong'].flatMap((name) => [`${name}.ttf`, `${name}.otf`]);
const ownNames: readonly string[] = [...paperKinds.map((kind) => `${kind}.md`), ...fonts];

const store = 'files';
const database = () =>
  openDB('yici-papers', 1, { upgrade: (made) => made.createObjectStore(store) });

/** Each department's apart: a browser may be used for several. */
const keyOf = ({ department, user }: Session, name: string): string =>
  `${department?.id ?? user}/${name}`;

/** What this browser keeps of a department's own, by its file name. */
export async function keptOwn(session: Session): Promise<ReadonlyMap<string, Uint8Array>> {
  const kept = await database();
  const found = ownNames.map(async (name) => {
    // What is in the store was written below.
    const bytes = (await kept.get(store, keyOf(session, name))) as Uint8Array | undefined;
    return bytes === undefined ? [] : [[name, bytes] as const];
  });
  return new Map((await Promise.all(found)).flat());
}

/**
 * Keeps templates and fonts of the department, if papers can be made with them all.
 * @throws PaperError TEMPLATE_REFUSED; ConsoleError NOT_A_TEMPLATE when nothing is made with a file of this name
 */
export async function keepOwn(session: Session, files: readonly File[]): Promise<void> {
  for (const file of files) await checkOwn(file);
  const kept = await database();
  for (const file of files) {
    await kept.put(store, new Uint8Array(await file.arrayBuffer()), keyOf(session, file.name));
  }
}

async function checkOwn(file: File): Promise<void> {
  if (!ownNames.includes(file.name)) {
    const names = ownNames.join(' ');
    throw new ConsoleError('NOT_A_TEMPLATE', {
      zh: `不用名为 ${file.name} 的文件出具文书，可用：${names}`,
      en: `No paper is made with a file called ${file.name}; those are: ${names}`,
    });
  }
  const kind = paperKinds.find((one) => file.name === `${one}.md`);
  if (kind === undefined) return;
  const { templateOf } = await import('@yici/papers/print');
  templateOf(kind, await file.text(), file.name);
}

export async function forgetOwn(session: Session, name: string): Promise<void> {
  await (await database()).delete(store, keyOf(session, name));
}
