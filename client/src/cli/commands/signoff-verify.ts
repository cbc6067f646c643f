import { exampleOf, type SpokenCommand as Command } from '@yici/terminal';
import { z } from 'zod';
import { collected } from '../../api/ask.js';
import type { YiciClient } from '../../api/client.js';
import { ClientError } from '../../errors.js';
import { shownSignoff, verifySignoff, type LedgerAct } from '../../signoff/verify.js';
import type { Terminal } from '../../terminal/terminal.js';
import { reads, textOption, type ReadValues } from '../read/read.js';

/** Holds a chain that a department shows against the ledger. */
export function addVerify(group: Command, terminal: Terminal): void {
  const { say } = terminal;
  const verify = group
    .command(say({ zh: 'verify <文件>', en: 'verify <file>' }))
    .description({
      zh: '核对出示的审签过程与账本所载',
      en: 'hold a chain that is shown against the ledger',
    })
    .option(
      { zh: '--case <办件编号>', en: '--case <caseNo>' },
      { zh: '载明它的办件', en: 'the case whose act names it' },
    )
    .option(
      { zh: '--tx <交易>', en: '--tx <txId>' },
      { zh: '载明它的交易', en: 'the transaction that names it' },
    );
  reads(verify, terminal, async ({ client }, [file = ''], values) => {
    const shown = await readShown(terminal, file);
    const act = await actOf(client, shown.chain.id, values);
    const findings = verifySignoff(shown, act);
    const holds = findings.length === 0;
    const told = findings.map(({ code, detail }) => ({ code, detail: detail.en }));
    return {
      json: { id: shown.chain.id, holds, findings: told },
      lines: [
        holds ? verdicts.holds : verdicts.differs,
        ...findings.map(({ code, detail }) => `  ${code} ${say(detail)}`),
      ],
      ...(!holds && {
        failed: {
          zh: '审签过程与账本所载不符。',
          en: 'The sign-off is not the one of the ledger.',
        },
      }),
    };
  });
  exampleOf(verify, 'yici signoff verify chain.json --case YC33110000000007-20260302-0001');
}

const verdicts = {
  holds: { zh: '✓ 审签过程与账本所载相符', en: '✓ it is the sign-off of the ledger' },
  differs: { zh: '✗ 审签过程与账本所载不符', en: '✗ it is NOT the sign-off of the ledger' },
} as const;

const eventPayload = z.object({ signoff: z.unknown() });

/** What the ledger has of the act that names this sign-off. @throws ClientError USAGE, CHECK_FAILED */
async function actOf(client: YiciClient, id: string, values: ReadValues): Promise<LedgerAct> {
  const [caseNo, txId] = [textOption(values, 'case'), textOption(values, 'tx')];
  if (caseNo !== undefined) {
    const events = await collected(client.list('cases.events', { caseNo, limit: 200 }));
    const found = events.find(({ by }) => by.signoff?.id === id);
    if (found?.by.signoff === undefined) throw unnamed(caseNo, id);
    return { signoff: found.by.signoff, user: found.by.user, data: { caseNo, ...found.data } };
  }
  if (txId === undefined) {
    const message = { zh: '请给出 --case 或者 --tx。', en: 'Give --case or --tx.' };
    throw new ClientError('USAGE', message);
  }
  const transaction = await client.read('transactions.get', { id: txId });
  const payload = 'event' in transaction ? transaction.event?.payload : undefined;
  const named = shownSignoff.shape.signoff.safeParse(eventPayload.safeParse(payload).data?.signoff);
  if (named.data?.id !== id) throw unnamed(txId, id);
  return { signoff: named.data };
}

const unnamed = (where: string, id: string): ClientError =>
  new ClientError('CHECK_FAILED', {
    zh: `${where} 中没有办理行为载明 ${id}。`,
    en: `No act of ${where} names ${id}.`,
  });

async function readShown(terminal: Terminal, file: string) {
  const text = new TextDecoder().decode(await terminal.read(file));
  try {
    return shownSignoff.parse(JSON.parse(text));
  } catch (cause) {
    const message = {
      zh: `${file} 不是已签发的审签过程（yici signoff show --out）。`,
      en: `${file} is no issued sign-off (yici signoff show --out).`,
    };
    throw new ClientError('USAGE', message, { cause });
  }
}
