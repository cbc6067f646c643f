/**
 * A client with nothing around it, Fabric's own or ours, in a process of its own and kept warm from round to round (see bare-client.ts,
 * which starts it). Reads a line of JSON with its options, then one a round; answers each with a LoadResult.
 */
import assert from 'node:assert/strict';
import { createPrivateKey, randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Client, credentials, status as grpcStatus } from '@grpc/grpc-js';
import {
  connect,
  hash,
  signers,
  GatewayError,
  type Contract,
  type Gateway,
  type Commit,
  type Transaction,
} from '@hyperledger/fabric-gateway';
import { gateway as protos } from '@hyperledger/fabric-protos';
import { openGrpcPeer } from '@yici/gateway/testing';
import { createSigner, encodeIdentity } from '@yici/ledger';
import { TransactionClient } from '@yici/network/testing';
import { openDataset } from '../../integration/gateway/support/story.js';
import { bareOptionsSchema, roundSchema, type BareClientOptions } from './bare-client.js';
import { inFlight } from './in-flight.js';
import type { LoadResult } from './load.js';

const unavailable: number = grpcStatus.UNAVAILABLE;
/** core.yaml's own ceiling, so that a block fits. */
const hundredMebibytes = 100 * 1024 * 1024;

/** Submits that a peer reported as failed although they were ordered. */
let lateAnswers = 0;

/** Submits one write and waits until it is committed as valid. */
interface Submitter {
  submit(input: string): Promise<void>;
  close(): void;
}

function openSubmitter(options: BareClientOptions): Submitter {
  return options.client === 'yici' ? openOurs(options) : openFabrics(options);
}

function openOurs(options: BareClientOptions): Submitter {
  const peer = openGrpcPeer({
    endpoint: options.address,
    ...(options.tlsRoot === undefined ? {} : { tlsRootPem: options.tlsRoot }),
    ...(options.tlsHostname === undefined ? {} : { tlsHostname: options.tlsHostname }),
    ...(options.tlsClient === undefined ? {} : { tlsClient: options.tlsClient }),
  });
  const { mspId, certificatePem, keyPem, channel } = options;
  const identity = { mspId, certificatePem, keyPem };
  // Our gateway learns of a commit from the blocks; here each commit is asked for, as Fabric's client does.
  const asking = connectionTo(options);
  const gateway = { ...peer, commitStatus: (request: Uint8Array) => statusOver(asking, request) };
  const client = new TransactionClient({ channel, gateway, identity, now: () => new Date() });
  const args = (input: string) => ['dataset:register', input].map((arg) => Buffer.from(arg));
  return {
    submit: (input) => client.submit({ chaincode: 'yici', args: args(input) }),
    close: () => {
      asking.close();
      peer.close();
    },
  };
}

function statusOver(client: Client, request: Uint8Array): Promise<Uint8Array> {
  const bytes = (value: Uint8Array) => Buffer.from(value);
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(
      '/gateway.Gateway/CommitStatus',
      bytes,
      bytes,
      request,
      (error, answer) => {
        if (error === null && answer !== undefined) resolve(answer);
        else reject(error ?? new TypeError('no answer'));
      },
    );
  });
}

function openFabrics(options: BareClientOptions): Submitter {
  const client = connectFabrics(options);
  return {
    submit: async (input) => committed(client, await endorsed(client, input)),
    close: client.close,
  };
}

function connectionTo(options: BareClientOptions): Client {
  const { tlsRoot, tlsHostname, tlsClient } = options;
  return new Client(
    options.address,
    tlsRoot === undefined
      ? credentials.createInsecure()
      : credentials.createSsl(
          Buffer.from(tlsRoot),
          ...(tlsClient === undefined
            ? []
            : [Buffer.from(tlsClient.keyPem), Buffer.from(tlsClient.certificatePem)]),
        ),
    {
      'grpc.max_receive_message_length': hundredMebibytes,
      ...(tlsHostname === undefined ? {} : { 'grpc.ssl_target_name_override': tlsHostname }),
    },
  );
}

function connectFabrics(options: BareClientOptions): BareClient & { readonly close: () => void } {
  const client = connectionTo(options);
  const identity = { mspId: options.mspId, credentials: Buffer.from(options.certificatePem) };
  const sign = createSigner(options.keyPem);
  const gateway = connect({
    client,
    identity,
    ...(options.client === 'node'
      ? // Node's own cryptography in the place of the client's, which is written in JavaScript.
        { hash: hash.none, signer: (message: Uint8Array) => Promise.resolve(sign(message)) }
      : { signer: signers.newPrivateKeySigner(createPrivateKey(options.keyPem)) }),
  });
  return {
    gateway,
    channel: options.channel,
    creator: encodeIdentity(options.mspId, options.certificatePem),
    contract: gateway.getNetwork(options.channel).getContract('yici'),
    close: () => {
      gateway.close();
      client.close();
    },
  };
}

interface BareClient {
  readonly gateway: Gateway;
  readonly contract: Contract;
  readonly channel: string;
  readonly creator: Uint8Array;
}

function endorsed({ contract }: BareClient, input: string): Promise<Transaction> {
  return contract.newProposal('dataset:register', { arguments: [input] }).endorse();
}

/**
 * Submits and waits for the commit. A peer reports a failure when SmartBFT consenters had the envelope in a block before it
 * came to them over the peer itself ("request already processed"): whether it is committed says the ledger.
 */
async function committed(client: BareClient, transaction: Transaction): Promise<void> {
  const commit = await submitted(client, transaction);
  const status = await commit.getStatus();
  assert.ok(status.successful, `committed with code ${status.code}`);
}

async function submitted(
  client: BareClient,
  transaction: Transaction,
): Promise<Pick<Commit, 'getStatus'>> {
  try {
    return await transaction.submit();
  } catch (error) {
    const late = error instanceof GatewayError && error.code === unavailable;
    if (!late) throw error;
    lateAnswers += 1;
    const request = new protos.CommitStatusRequest();
    request.setChannelId(client.channel);
    request.setTransactionId(transaction.getTransactionId());
    request.setIdentity(client.creator);
    const unsigned = new protos.SignedCommitStatusRequest();
    unsigned.setRequest(request.serializeBinary());
    return client.gateway.newCommit(unsigned.serializeBinary());
  }
}

async function round(client: Submitter, connections: number, amount: number): Promise<LoadResult> {
  const times: number[] = [];
  const start = performance.now();
  await inFlight([...Array(amount).keys()], connections, async () => {
    const begun = performance.now();
    const input = JSON.stringify(openDataset(`D${randomUUID()}`, 'present'));
    await client.submit(input);
    times.push(performance.now() - begun);
  });
  return {
    milliseconds: performance.now() - start,
    times,
    succeeded: times.length,
    failed: amount - times.length,
    errors: 0,
  };
}

let opened: Submitter | undefined;
for await (const line of createInterface({ input: process.stdin })) {
  const message: unknown = JSON.parse(line);
  if (opened === undefined) {
    opened = openSubmitter(bareOptionsSchema.parse(message));
    continue;
  }
  const { connections, amount } = roundSchema.parse(message);
  const result = await round(opened, connections, amount);
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
opened?.close();
if (lateAnswers > 0)
  process.stderr.write(`${lateAnswers} submits were ordered before the peer heard of it\n`);
