import { join } from 'node:path';
import { answerCheck, parseCertificateRequest } from '@yici/ledger';
import { z } from 'zod';
import { connectionOf, connectionText } from '../../identity/export.js';
import { EnrolmentFolder, refused } from '../../identity/enrolments.js';
import { certifyUser } from '../../pki/ensure.js';
import { keepIssued } from '../../pki/revoke.js';
import type { DataFolder } from '../../supervisor/data-folder.js';
import { findUser } from '../../topology/nodes.js';
import { asker } from '../at-gateway.js';
import type { CommandContext } from '../context.js';
import { optionPins, ownTopology, type PinOptions } from './identities.js';
import { passphraseIfSealed } from './passphrase.js';

interface FolderOption {
  /** Where the department's gateway keeps requests, if not in this data folder. */
  readonly requests?: string;
}

/** Options of `identity approve`. */
interface Approval extends FolderOption, PinOptions {
  readonly passphraseFile?: string;
}

const requestsOf = (folder: DataFolder, { requests }: FolderOption): EnrolmentFolder =>
  new EnrolmentFolder(requests ?? join(folder.root, 'gateway', 'enrolments'));

/** Where a request lies: beside this data folder, or at the gateway that the options name. */
function deskOf(folder: DataFolder, number: string, options: Approval) {
  const requests = requestsOf(folder, options);
  const [gateway] = options.gateway ?? [];
  const here = requests.find(number);
  if (here !== undefined || gateway === undefined) {
    return {
      request: () => {
        if (here === undefined) throw refused('unknown');
        return here;
      },
      answer: (given: Given) => requests.answer(given),
    };
  }
  const path = `/v1/enrolments/${encodeURIComponent(number)}`;
  const ask = asker(gateway, 'ENROLMENT_REFUSED');
  return {
    request: async () => requestSchema.parse(await ask(path)),
    answer: ({ certificate, connection }: Given) =>
      ask(`${path}/answer`, { certificate, connection }),
  };
}

type Given = Parameters<EnrolmentFolder['answer']>[0];

const requestSchema = z.object({ user: z.string(), csr: z.string() });

/** Prints the requests for certificates that wait, the oldest first. */
export function printRequests({ folder, output }: CommandContext, options: FolderOption): void {
  const topology = ownTopology(folder);
  const known = new Map(
    topology.departments.flatMap(({ users }) => users.map(({ name, role }) => [name, role])),
  );
  const waiting = requestsOf(folder, options)
    .waiting()
    .map(({ number, user, at, expiresAt }) => ({
      ...{ number, user, role: known.get(user) ?? null, at, expiresAt },
    }));
  const lines = waiting.map(
    ({ number, user, role, at }) => `${number}\t${user}\t${role ?? '?'}\t${at}`,
  );
  output.result(
    { requests: waiting },
    lines.length > 0 ? lines.join('\n') : { zh: '没有待批准的证书申请。', en: 'No request waits.' },
  );
}

/**
 * Certifies the key that a request is for, as the topology has its user, and lays the answer where the gateway gives it out. The
 * number says which key: it is to come from the person, by another way than the gateway.
 * @throws NetworkError ENROLMENT_REFUSED, IDENTITY_UNKNOWN, ROOT_KEY_LOCKED
 */
export async function approveRequest(
  context: CommandContext,
  number: string,
  options: Approval,
): Promise<void> {
  const { folder, output } = context;
  const topology = ownTopology(folder);
  const desk = deskOf(folder, number, options);
  const { user, csr } = await desk.request();
  const { department } = findUser(topology, user);
  const asked = parseCertificateRequest(csr);
  if (asked.number !== number || asked.commonName !== user) throw refused('unknown');
  const passphrase = passphraseIfSealed(department.id, options.passphraseFile, context);
  const issuing = { topology, directory: folder.root, now: new Date(), passphrase };
  const certificate = certifyUser(issuing, user, asked.publicKey);
  keepIssued(department, folder.root, certificate);
  const pins = optionPins(folder, user, options);
  const connection = connectionText(connectionOf(topology, folder.root, user, pins));
  await desk.answer({ number, certificate, connection });
  const check = answerCheck(certificate, connection);
  output.result(
    { number, user, check, certificate },
    {
      zh: `已为 ${user} 签发证书；核对码 ${check}，请告知申请人：与浏览器所显示的核对，或者用于 yici identity collect --check`,
      en: `${user} has a certificate; check ${check}: tell the applicant, whose browser must show the same, or who gives it to yici identity collect --check`,
    },
  );
}
