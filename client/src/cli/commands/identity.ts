import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeTokenKey, openPrivateKey, type PrivateKey } from '@yici/keys';
import { certificateRequest, commonNameOnly } from '@yici/ledger';
import { exampleOf, shellWord, type SpokenCommand as Command } from '@yici/terminal';
import { z } from 'zod';
import { enrolments } from '../../api/enrolment.js';
import { ClientError } from '../../errors.js';
import { openKey } from '../../signers/pem.js';
import type { Terminal } from '../../terminal/terminal.js';
import { writeAtomically } from '../../write-atomically.js';
import { gatewayOf, type GlobalOptions } from '../caller.js';
import { show, type Shown } from '../read/read.js';

/** What is kept of a request until its answer is there: by the code the answer is collected. */
const waitingSchema = z.strictObject({
  v: z.literal(1),
  user: z.string(),
  gateway: z.string(),
  number: z.string(),
  code: z.string(),
});

interface EnrolValues extends GlobalOptions {
  readonly out: string;
  readonly token?: string;
}
interface CollectValues extends GlobalOptions {
  readonly check?: string;
}

/** `yici identity enroll` and `collect`: a certificate for a key that is made on the person's own machine, or in a token there. */
export function addIdentity(program: Command, terminal: Terminal): void {
  const group = program.command('identity').description({
    zh: '本人的身份：在本机或者令牌中生成密钥，申请证书',
    en: 'your own identity: a key made on this machine or in a token, and its certificate',
  });
  const enroll = group
    .command('enroll')
    .description({
      zh: '生成密钥，向网关提交证书申请',
      en: 'make a key and ask the gateway for a certificate',
    })
    .argument('<user>', { zh: '用户名，例如 hrss.clerk1', en: 'as hrss.clerk1' })
    .requiredOption('--out <folder>', { zh: '新的身份目录', en: 'the new identity folder' })
    .option('--token <uri>', {
      zh: '在该 PKCS#11 令牌中生成密钥',
      en: 'make the key in this PKCS#11 token',
    });
  exampleOf(
    enroll,
    'yici identity enroll hrss.clerk1 --out ./hrss.clerk1 --gateway https://ledger.hrss.example',
    "yici identity enroll hrss.clerk1 --out ./hrss.clerk1 --token 'pkcs11:token=clerk1?module-path=/usr/lib/softhsm/libsofthsm2.so'",
  );
  enroll.action(async (user: string) => {
    const values: EnrolValues = enroll.optsWithGlobals();
    show(terminal, values, await enrol(terminal, user, values));
  });
  addCollect(group, terminal);
}

function addCollect(group: Command, terminal: Terminal): void {
  const collect = group
    .command('collect')
    .description({
      zh: '领取批准后的证书；核对码由登记员告知（尚待批准的，退出码为 1）',
      en: 'collect the certificate once it is approved; whoever approved says the check (exit 1 while it waits)',
    })
    .argument('<folder>', { zh: '身份目录', en: 'the identity folder' })
    .option('--check <digits>', {
      zh: '登记员告知的核对码（缺省为只显示，不启用）',
      en: 'the check as whoever approved said it (default: only shown, nothing is taken into use)',
    });
  exampleOf(collect, "yici identity collect ./hrss.clerk1 --check '0123 4567 89ab cdef'");
  collect.action(async (folder: string) => {
    const values: CollectValues = collect.optsWithGlobals();
    show(terminal, values, await take(folder, values));
  });
}

async function enrol(terminal: Terminal, user: string, values: EnrolValues): Promise<Shown> {
  const { out, token } = values;
  const gateway = gatewayOf(terminal, values);
  if (existsSync(join(out, 'cert.pem'))) {
    throw new ClientError('USAGE', {
      zh: `${out} 中已有身份，请另选目录。`,
      en: `${out} has an identity already: choose another folder.`,
    });
  }
  const key = keyIn(join(out, 'key.pem'), user, token);
  const csr = certificateRequest({ subject: commonNameOnly(user) }, key);
  const { number, code, expiresAt } = await enrolments(gateway).ask(csr);
  writeAtomically(
    waitingFile(out),
    `${JSON.stringify({ v: 1, user, gateway, number, code }, undefined, 2)}\n`,
  );
  return {
    json: { user, number, out, expiresAt },
    lines: [
      { zh: `申请编号 ${number}`, en: `request ${number}` },
      {
        zh: `请当面或者电话告知登记员；批准后领取：yici identity collect ${shellWord(out)}`,
        en: `tell it to whoever approves, in person or by telephone; then: yici identity collect ${shellWord(out)}`,
      },
    ],
  };
}

/** The key that an interrupted request has made already, or a new one. */
function keyIn(file: string, user: string, token: string | undefined): PrivateKey {
  if (existsSync(file)) return openKey(readFileSync(file, 'utf8'));
  const key = token === undefined ? newKey() : makeTokenKey(token, user);
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 });
  writeAtomically(file, `${key.text.trim()}\n`);
  return key;
}

function newKey(): PrivateKey {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return openPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
}

async function take(folder: string, { check: told }: CollectValues): Promise<Shown> {
  const { gateway, number, code, user } = readWaiting(folder);
  const answer = await enrolments(gateway).collect(number, code);
  if (answer === undefined)
    throw new ClientError('CHECK_FAILED', {
      zh: `网关没有申请 ${number}，或者已过期；请重新执行 yici identity enroll。`,
      en: `The gateway has no request ${number}, or its time has run out: run yici identity enroll again.`,
    });
  if (answer.state === 'waiting') return waits(folder, number);
  const { certificate, connection, check } = answer;
  requireOwn(certificate, user, join(folder, 'key.pem'));
  const json = { number, user, check, folder };
  if (told === undefined)
    return {
      json: { ...json, state: 'issued' },
      lines: [
        {
          zh: `核对码 ${check}；与登记员核对一致后启用：yici identity collect ${shellWord(folder)} --check '${check}'`,
          en: `check ${check}; if whoever approved says the same: yici identity collect ${shellWord(folder)} --check '${check}'`,
        },
      ],
    };
  if (digits(told) !== digits(check)) throw otherCheck(check);
  writeAtomically(join(folder, 'connection.json'), connection);
  writeAtomically(join(folder, 'cert.pem'), certificate);
  rmSync(waitingFile(folder));
  return {
    json: { ...json, state: 'taken' },
    lines: [
      { zh: `${user} 的身份已启用：${folder}`, en: `the identity of ${user} is in ${folder}` },
    ],
  };
}

function waits(folder: string, number: string): Shown {
  return {
    json: { number, state: 'waiting' },
    lines: [{ zh: `申请 ${number} 尚待批准`, en: `request ${number} waits to be approved` }],
    failed: {
      zh: `证书尚未签发；批准后再次执行 yici identity collect ${shellWord(folder)}。`,
      en: `There is no certificate yet: run yici identity collect ${shellWord(folder)} again once it is approved.`,
    },
  };
}

const digits = (check: string): string => check.replaceAll(/\s/g, '').toLowerCase();

/** @throws ClientError KEY_MISMATCH when the answer is for somebody else or another key */
function requireOwn(certificate: string, user: string, keyFile: string): void {
  const { publicKey, subject } = new X509Certificate(certificate);
  const own = openKey(readFileSync(keyFile, 'utf8')).publicKey;
  const isNamed = subject.split('\n').includes(`CN=${user}`);
  if (isNamed && own.equals(publicKey)) return;
  throw new ClientError('KEY_MISMATCH', {
    zh: '网关给出的证书不是为该用户和密钥签发的，没有启用。',
    en: 'The certificate that the gateway gave is for another user or key; it was not taken into use.',
  });
}

function otherCheck(check: string): ClientError {
  const words = {
    zh: `核对码不符：网关给出的为 ${check}，没有启用。请与登记员重新核对；仍不符的，答复可能被换过。`,
    en: `The check differs: what the gateway gave has ${check}; nothing was taken into use. Compare it once more: if it still differs the answer may be another's.`,
  };
  return new ClientError('CHECK_FAILED', words, { details: { check } });
}

const waitingFile = (folder: string): string => join(folder, 'enrolment.json');

function readWaiting(folder: string): z.output<typeof waitingSchema> {
  try {
    return waitingSchema.parse(JSON.parse(readFileSync(waitingFile(folder), 'utf8')));
  } catch (cause) {
    const words = {
      zh: `${folder} 中没有待领取的申请；先执行 yici identity enroll。`,
      en: `No request of ${folder} waits to be collected: run yici identity enroll first.`,
    };
    throw new ClientError('IDENTITY_UNREADABLE', words, { cause });
  }
}
