/**
 * A peer that answers at once and keeps nothing, in a process of its own: what is left of a submit's time is the client's.
 * Started by goals/client-on-mock.ts; prints the port it listens on. Its answers have the shape of a real peer's, and one
 * endorsement whose signature nobody checks, as a client does not.
 */
import { randomBytes } from 'node:crypto';
import { Server, ServerCredentials, type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js';
import { common, gateway, peer } from '@hyperledger/fabric-protos';
import { buildResponsePayload, buildTransactionPayload } from '@yici/ledger';

const signature = randomBytes(71);
const endorser = randomBytes(900);
/** Of a written case: keys, versions and a record. */
const results = randomBytes(1500);

function endorse(request: Uint8Array): Uint8Array {
  const asked = gateway.EndorseRequest.deserializeBinary(request).getProposedTransaction();
  const proposalBytes = asked?.getProposalBytes_asU8() ?? new Uint8Array();
  const responsePayload = buildResponsePayload({
    ...{ proposalBytes, results },
    response: { status: 200, message: '', payload: Buffer.from('{}') },
    chaincode: { name: 'yici', version: '1.0' },
  });
  const endorsements = [{ endorser, signature }];
  const envelope = new common.Envelope();
  envelope.setPayload(buildTransactionPayload({ proposalBytes, responsePayload, endorsements }));
  const answer = new gateway.EndorseResponse();
  answer.setPreparedTransaction(envelope);
  return answer.serializeBinary();
}

const submit = (): Uint8Array => new gateway.SubmitResponse().serializeBinary();

function commitStatus(): Uint8Array {
  const answer = new gateway.CommitStatusResponse();
  answer.setResult(peer.TxValidationCode.VALID);
  answer.setBlockNumber(1);
  return answer.serializeBinary();
}

const answers: Readonly<Record<string, (request: Uint8Array) => Uint8Array>> = {
  Endorse: endorse,
  Submit: submit,
  CommitStatus: commitStatus,
};

const bytes = (value: Buffer): Buffer => value;
const server = new Server();
server.addService(
  Object.fromEntries(
    Object.keys(answers).map((method) => [
      method,
      {
        path: `/gateway.Gateway/${method}`,
        ...{ requestStream: false, responseStream: false },
        ...{ requestSerialize: bytes, requestDeserialize: bytes },
        ...{ responseSerialize: bytes, responseDeserialize: bytes },
      },
    ]),
  ),
  Object.fromEntries(
    Object.entries(answers).map(([method, answer]) => [
      method,
      ({ request }: ServerUnaryCall<Buffer, Buffer>, done: sendUnaryData<Buffer>) => {
        done(null, Buffer.from(answer(request)));
      },
    ]),
  ),
);
server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  process.stdout.write(`${port}\n`);
});
// Whoever started it is gone when its input ends.
process.stdin.on('end', () => {
  server.forceShutdown();
});
process.stdin.resume();
