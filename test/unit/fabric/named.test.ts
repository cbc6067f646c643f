import { status } from '@grpc/grpc-js';
import { named, NetworkError, RpcError } from '@yici/network/testing';
import { expect } from 'chai';

/** The code under which an operator hears of a failed call. */
async function codeOf(code: number, ...said: readonly string[]): Promise<unknown> {
  const details = said.map((message) => ({ address: '', mspId: 'AlphaMSP', message }));
  const failed = named({ zh: '读取', en: 'reading' }, () =>
    Promise.reject(new RpcError(code, 'no', details)),
  );
  const error: unknown = await failed.catch((thrown: unknown) => thrown);
  return error instanceof NetworkError ? error.code : error;
}

describe('a failed call to peers', () => {
  const [gone, closing] = ['Unavailable desc = refused', 'Canceled desc = closing'].map(
    (text) => `rpc error: code = ${text}`,
  );

  it('is one of peers that do not answer where nobody refused it', async () => {
    expect(await codeOf(status.UNAVAILABLE)).to.equal('PEER_UNAVAILABLE');
    expect(await codeOf(status.FAILED_PRECONDITION)).to.equal('PEER_UNAVAILABLE');
    expect(await codeOf(status.ABORTED, gone!, closing!)).to.equal('PEER_UNAVAILABLE');
  });

  it('is a refusal where one of them said no', async () => {
    expect(await codeOf(status.ABORTED, gone!, 'chaincode response 500')).to.equal('PEER_REFUSED');
    expect(await codeOf(status.PERMISSION_DENIED)).to.equal('PEER_REFUSED');
  });
});
