import { randomBytes } from 'node:crypto';
import { common, gateway, peer } from '@hyperledger/fabric-protos';
import { ClientError, createPemSigner, YiciClient } from '@yici/client';
import { buildProposal, createSigner, encodeIdentity, validationCodeName } from '@yici/ledger';
import { TransactionClient } from '@yici/network/testing';
import { expect } from 'chai';
import { z } from 'zod';
import { Api } from '../../integration/gateway/support/api.js';
import type { Stand } from './stand.js';

const refusedSchema = z.object({
  code: z.string().optional(),
  error: z.object({ code: z.string() }).optional(),
});

/** The users of a stand at work, through our client and our gateway. */
export class Players {
  readonly stand: Stand;
  /** The API as another client sees it, for a transaction step by step. */
  readonly api: Api;
  readonly #clients = new Map<string, Promise<YiciClient>>();

  constructor(stand: Stand) {
    this.stand = stand;
    this.api = new Api(stand.url, (user) => stand.identity(user));
  }

  as(user: string): Promise<YiciClient> {
    const known = this.#clients.get(user) ?? this.#enter(user);
    this.#clients.set(user, known);
    return known;
  }

  /** A command that must be committed; gives the record. */
  async act(
    user: string,
    command: string,
    input: Readonly<Record<string, unknown>>,
  ): Promise<unknown> {
    const client = await this.as(user);
    this.stand.clock.tick();
    const { result } = await client.execute(command, input, { now: () => this.stand.clock.now() });
    return result;
  }

  /** A command that must be refused; gives the contract's or the gateway's code. */
  async refused(
    user: string,
    command: string,
    input: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    try {
      await this.act(user, command, input);
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      const { code, error: refusal } = refusedSchema.parse(error.details);
      return refusal?.code ?? code ?? error.code;
    }
    return expect.fail(`${command} by ${user} was committed`);
  }

  async #enter(user: string): Promise<YiciClient> {
    const { mspId, certificatePem, keyPem } = await this.stand.identity(user);
    const client = new YiciClient({
      baseUrl: this.stand.url,
      identity: {
        ...{ mspId, certificate: certificatePem, sign: createPemSigner(keyPem) },
        pins: pinsOf(this.stand),
      },
    });
    await client.login();
    return client;
  }
}

const pinsOf = ({ url, channel, genesisHash }: Stand) => ({
  ...{ channel, chaincode: 'yici', genesisHash },
  gateways: [{ audience: `data.gateway@${channel}`, addresses: [url] }],
});

/** A call on the chaincode that is endorsed now and handed in later, through a department's own peer. */
export interface Endorsed {
  /** Submits it and gives the validation code's name. A second time hands in the same bytes. */
  submit(): Promise<string>;
}

export interface PlainCall {
  readonly user: string;
  readonly args: readonly string[];
  /** MSP ids that endorse; the peer chooses when absent. */
  readonly endorsers?: readonly string[];
}

/** Has a call endorsed through the peer of the user's department, as any Fabric client would. */
export async function endorse(stand: Stand, call: PlainCall): Promise<Endorsed> {
  const { mspId, certificatePem, keyPem } = await stand.identity(call.user);
  const sign = createSigner(keyPem);
  const creator = encodeIdentity(mspId, certificatePem);
  const node = stand.peer(mspId);
  stand.clock.tick();
  const { transactionId, bytes } = buildProposal({
    channel: stand.channel,
    chaincode: 'yici',
    args: call.args.map((arg) => Buffer.from(arg)),
    creator,
    nonce: randomBytes(24),
    timestamp: stand.clock.now(),
  });
  const proposal = new peer.SignedProposal();
  proposal.setProposalBytes(bytes);
  proposal.setSignature(sign(bytes));
  const request = new gateway.EndorseRequest();
  request.setTransactionId(transactionId);
  request.setChannelId(stand.channel);
  request.setProposedTransaction(proposal);
  request.setEndorsingOrganizationsList([...(call.endorsers ?? [])]);
  const answer = await node.endorse(request.serializeBinary());
  const prepared = gateway.EndorseResponse.deserializeBinary(answer).getPreparedTransaction();
  const envelope = prepared ?? new common.Envelope();
  envelope.setSignature(sign(envelope.getPayload_asU8()));
  const submit = new gateway.SubmitRequest();
  submit.setTransactionId(transactionId);
  submit.setChannelId(stand.channel);
  submit.setPreparedTransaction(envelope);
  const status = new gateway.CommitStatusRequest();
  status.setTransactionId(transactionId);
  status.setChannelId(stand.channel);
  status.setIdentity(creator);
  const signed = new gateway.SignedCommitStatusRequest();
  signed.setRequest(status.serializeBinary());
  signed.setSignature(sign(status.serializeBinary()));
  return {
    submit: async () => {
      await node.submit(submit.serializeBinary());
      const committed = await node.commitStatus(signed.serializeBinary());
      return validationCodeName(
        gateway.CommitStatusResponse.deserializeBinary(committed).getResult(),
      );
    },
  };
}

/** Asks a system chaincode of a department's peer. */
export async function ask(
  stand: Stand,
  user: string,
  chaincode: string,
  args: readonly string[],
): Promise<Uint8Array> {
  const identity = await stand.identity(user);
  const client = new TransactionClient({
    channel: stand.channel,
    gateway: stand.peer(identity.mspId),
    identity,
    now: stand.clock.now,
  });
  return client.evaluate({ chaincode, args: args.map((arg) => Buffer.from(arg)) });
}

/** Number of blocks that the Data Bureau's peer has. */
export async function heightOf(stand: Stand): Promise<number> {
  const info = await ask(stand, 'data.gateway', 'qscc', ['GetChainInfo', stand.channel]);
  return common.BlockchainInfo.deserializeBinary(info).getHeight();
}

export function blockOf(stand: Stand, number: number): Promise<Uint8Array> {
  return ask(stand, 'data.gateway', 'qscc', ['GetBlockByNumber', stand.channel, String(number)]);
}
