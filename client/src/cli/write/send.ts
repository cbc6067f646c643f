import type { CommandName, Words } from '@yici/domain/model';
import type { CommandWarning, Transaction } from '@yici/api';
import { readSm2Key } from '../../signers/sm2-file.js';
import { createSm2Signer } from '../../signers/sm2.js';
import type { Caller, GlobalOptions } from '../caller.js';
import type { OptionValues } from '../form/values.js';
import { presentCommitted } from '../../present/committed.js';
import { presentWarnings } from '../../present/warnings.js';
import type { Terminal } from '../../terminal/terminal.js';
import { presentStored, storeFiled, type FiledDocument } from '../documents/filed-documents.js';
import type { Input } from '../spec/prepare.js';
import { nextLines } from '../next/receipt.js';
import { paperLines } from '../papers/next.js';

export interface Running {
  readonly caller: Caller;
  readonly values: GlobalOptions & OptionValues;
  readonly terminal: Terminal;
}

const progress: Partial<Record<Transaction['state'], Words>> = {
  proposed: { zh: '正在签名…', en: 'signing …' },
  submitted: { zh: '已提交，等待上链…', en: 'submitted, waiting for its block …' },
};

/** Stores the documents of an act at the gateway, unless `--no-store` says otherwise. */
export const stored = (
  documents: readonly FiledDocument[],
  { caller, values, terminal }: Running,
) => storeFiled(caller.client, documents, { terminal, store: values['store'] !== false });

/** Sends one command, stores the documents that it names, and prints what became of both. */
export async function sendCommand(
  name: CommandName,
  input: Input,
  running: Running,
  documents: readonly FiledDocument[] = [],
): Promise<void> {
  const { caller, values, terminal } = running;
  const { idempotencyKey: key, sm2Key } = values;
  const warnings: CommandWarning[] = [];
  const committed = await caller.client.execute(name, input, {
    now: terminal.now,
    ...(typeof key === 'string' && { idempotencyKey: key }),
    ...(typeof sm2Key === 'string' && { appSigner: createSm2Signer(readSm2Key(sm2Key)) }),
    onState: ({ state, attempt, warnings: told = [] }) => {
      warnings.push(...told);
      if (values.json === true) return;
      for (const line of presentWarnings(input, told, terminal.say)) terminal.note(line);
      const words = progress[state];
      if (words === undefined) return;
      const line = terminal.say(words);
      const again = { zh: `第 ${attempt} 次`, en: `attempt ${attempt}` };
      terminal.note(attempt > 1 ? terminal.say.aside(line, again) : line);
    },
  });
  const { session, say } = caller;
  const kept = await stored(documents, running);
  if (values.json === true) {
    const about = { ...(warnings.length > 0 && { warnings }), documents: kept };
    const signedBy = session.user;
    terminal.out(JSON.stringify({ command: name, ...committed, signedBy, ...about }));
    return;
  }
  const next = await nextLines(name, { input, result: committed.result }, caller);
  const lines = presentCommitted(name, { committed, session }, say);
  const paper = await paperLines(name, committed.result, say);
  const all = [...lines, ...presentStored(kept).map(say), ...next, ...paper];
  for (const line of all) terminal.out(line);
}
