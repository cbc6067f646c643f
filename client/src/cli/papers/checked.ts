import type { Words } from '@yici/domain/model';
import type { PaperCode, PaperKind } from '@yici/papers';
import { codeFindings } from '../../chain/paper-check.js';
import { soundCase } from '../../chain/sound-case.js';
import type { Caller } from '../caller.js';
import { papers } from './loaded.js';
import { askerOf, madePaper, type Edition } from './made.js';

/** What of a paper's code is not as the ledger has it. */
export async function findingsOn(caller: Caller, code: PaperCode): Promise<Words[]> {
  const { issuedDigest } = await papers();
  return codeFindings(await askerOf(caller), code, issuedDigest);
}

/** Makes the paper again and compares every byte; of a case its kind follows from the act. */
export async function paperFindings(
  caller: Caller,
  code: PaperCode,
  received: Uint8Array,
  edition: Edition,
): Promise<Words[]> {
  const kind = await kindOf(caller, code);
  const { bytes } = await madePaper(caller, { kind, number: code.id, seq: code.seq }, edition);
  if (Buffer.from(bytes).equals(received)) return [];
  return [
    {
      zh: '文件与重新出具的不一致：内容、模板或者字体不同。使用部门模板的，以 --templates 指明；外文版以 --edition 指明',
      en: 'the file is not as it is made again: content, template or fonts differ; name own templates with --templates, another language with --edition',
    },
  ];
}

async function kindOf({ client }: Caller, { of, id, seq }: PaperCode): Promise<PaperKind> {
  const { actsOfPaper, paperKindOf } = await papers();
  if (of !== 'case') return of;
  const { events } = await soundCase(client, id);
  const type = events.find((event) => event.seq === seq)?.type ?? '';
  const kind = Object.entries(actsOfPaper).find(([, acts]: [string, readonly string[]]) =>
    acts.includes(type),
  );
  return paperKindOf(kind?.[0] ?? type);
}
