import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as grpc from '@grpc/grpc-js';
import { connect, signers, type Gateway } from '@hyperledger/fabric-gateway';
import { runCli } from '@yici/network/testing';
import { z } from 'zod';

const network = dirname(createRequire(import.meta.url).resolve('@yici/network'));
export const script = join(network, 'bin', 'yici-network.js');

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `yici-network` as a process of its own. */
export async function yiciNetwork(...args: string[]): Promise<Outcome> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = Promise.all([textOf(child.stdout), textOf(child.stderr)]);
  const code = await exitOf(child);
  const [out, err] = await texts;
  return { code, out, err };
}

/** Runs `yici-network` in this process, where nothing is left to run on: without a second's loading of the program. */
export async function yiciNetworkHere(...args: string[]): Promise<Outcome> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runCli(args, {
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    env: {},
    ...{ script, nodeOptions: [] },
  });
  return { code, out: out.join(''), err: err.join('') };
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  const parts: string[] = [];
  for await (const part of stream) parts.push(String(part));
  return parts.join('');
}

export async function exitOf(child: ChildProcess): Promise<number> {
  if (child.exitCode === null) await once(child, 'exit');
  return child.exitCode ?? -1;
}

/** What a Fabric client needs of it; an identity's pins stand there too. */
const connectionFile = z.object({
  mspId: z.string(),
  endpoint: z.string(),
  tlsHostname: z.string(),
  channel: z.string(),
  chaincode: z.string(),
});

export interface Connected {
  readonly gateway: Gateway;
  readonly channel: string;
  readonly chaincode: string;
  readonly close: () => void;
}

/** Connects Fabric's own client with nothing but the files of an exported identity. */
export function connectWith(folder: string): Connected {
  const read = (name: string) => readFileSync(join(folder, name));
  const json: unknown = JSON.parse(read('connection.json').toString());
  const { mspId, endpoint, tlsHostname, channel, chaincode } = connectionFile.parse(json);
  const client = new grpc.Client(
    endpoint,
    grpc.credentials.createSsl(read('tls-ca.pem'), read('tls-key.pem'), read('tls-cert.pem')),
    {
      'grpc.ssl_target_name_override': tlsHostname,
    },
  );
  const gateway = connect({
    client,
    identity: { mspId, credentials: read('cert.pem') },
    signer: signers.newPrivateKeySigner(createPrivateKey(read('key.pem'))),
  });
  const close = () => {
    gateway.close();
    client.close();
  };
  return { gateway, channel, chaincode, close };
}
