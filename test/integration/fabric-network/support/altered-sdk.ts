import type { ImportSdk } from './connection.js';
import { sdkModule } from './sdk-module.js';

/** What a peer answers to a proposal, as the SDK decodes it. */
export interface SdkAnswer {
  payload: Buffer;
  response: { status: number; message: string; payload: Buffer };
}

interface SdkEndorser {
  readonly mspid: string;
  sendProposal: (signed: unknown, timeout: number) => Promise<SdkAnswer>;
}

interface SdkModule {
  readonly Client: {
    newClient(name: string): { newEndorser(name: string, mspId: string): SdkEndorser };
  };
}

/** The real SDK, on whose way back some peers' answers are changed: what a faulty or lying peer looks like. */
export function alteredSdk(change: (mspId: string, answer: SdkAnswer) => void): ImportSdk {
  const real = sdkModule('fabric-common') as SdkModule;
  const newClient = (name: string) => {
    const client = real.Client.newClient(name);
    const newEndorser = client.newEndorser.bind(client);
    client.newEndorser = (node, mspId) => {
      const endorser = newEndorser(node, mspId);
      const send = endorser.sendProposal.bind(endorser);
      endorser.sendProposal = async (signed, timeout) => {
        const answer = await send(signed, timeout);
        change(mspId, answer);
        return answer;
      };
      return endorser;
    };
    return client;
  };
  return () => Promise.resolve({ Client: Object.assign(() => undefined, { newClient }) });
}
