import { reads } from '@yici/api';
import { commandNames, contractErrorCodes } from '@yici/domain/model';
import {
  GatewayError,
  commandInput,
  commandRoutes,
  contractStatus,
  gatewayStatus,
  isOrderedAlready,
  openApiDocument,
  peerFailure,
  readConfig,
  toGatewayError,
  toEndorseError,
  toSubmitError,
} from '@yici/gateway/testing';
import { expect } from 'chai';

function failure(action: () => unknown): GatewayError {
  try {
    action();
  } catch (error) {
    if (error instanceof GatewayError) return error;
  }
  throw new TypeError('no GatewayError');
}

const route = (name: string) => commandRoutes.find((one) => one.name === name)!;

describe('command routes', () => {
  it('has one for every command of the chaincode’s registry, each its own path', () => {
    expect(commandRoutes.map(({ name }) => name)).to.deep.equal(commandNames);
    expect(new Set(commandRoutes.map(({ path }) => path)).size).to.equal(commandNames.length);
  });

  it('derives paths from the registry', () => {
    const paths = Object.fromEntries(commandRoutes.map(({ name, path }) => [name, path]));
    expect(paths).to.include({
      'case.submit': '/v1/cases',
      'case.supplementNotice': '/v1/cases/{caseNo}/supplement-notice',
      'matter.cosign': '/v1/matters/{taskCode}/cosign',
      'calendar.confirm': '/v1/calendars/{year}/confirm',
      'department.update': '/v1/departments/update',
      'attestation.recordUse': '/v1/attestations/{attestationId}/record-use',
    });
  });

  it('puts the path’s field into the input, a year as a number', () => {
    const body = { version: 1, contentDigest: '0'.repeat(64) };
    expect(commandInput(route('calendar.confirm'), body, '2026')).to.deep.equal({
      ...body,
      year: 2026,
    });
    const error = failure(() => commandInput(route('calendar.confirm'), body, 'next'));
    expect(error.code).to.equal('VALIDATION_FAILED');
  });

  it('refuses whatever is no object', () => {
    for (const body of [undefined, null, [], 'text', 7]) {
      const error = failure(() => commandInput(route('case.receive'), body, 'A1-20260101-0001'));
      expect(error.code).to.equal('VALIDATION_FAILED');
    }
  });
});

describe('what the gateway alone fills in', () => {
  it('may be left out where it is a number, and is not documented where it replaces one', () => {
    const form = { digestAlg: 'sha256', digest: '0'.repeat(64) };
    const body = { taskCode: 'LEASE1', matterVersion: 1, form, materials: [] };
    const caseNo = 'LEASE1-20260302-0001';
    for (const given of [body, { ...body, caseNo }]) {
      expect(commandInput(route('case.submit'), given, '')).to.deep.equal(given);
    }
    expect(route('case.submit').body.shape).to.have.property('caseNo');
    expect(route('case.submit').body.shape).not.to.have.property('insteadOf');
    expect(JSON.stringify(openApiDocument('1'))).not.to.contain('insteadOf');
  });
});

describe('the OpenAPI document', () => {
  const document = openApiDocument('1') as {
    paths: Record<string, Record<string, { operationId: string; parameters?: { name: string }[] }>>;
    components: { schemas: Record<string, unknown> };
  };

  it('has every route, with its path parameters and an id of its own', () => {
    const paths = [...commandRoutes, ...Object.values(reads)].map(({ path }) => path);
    expect(Object.keys(document.paths)).to.include.members(paths);
    const ids: string[] = [];
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const operation of Object.values(methods)) {
        ids.push(operation.operationId);
        const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
        const given = (operation.parameters ?? []).map(({ name }) => name);
        expect(given, path).to.include.members(named);
      }
    }
    expect(new Set(ids).size).to.equal(ids.length);
    // Generators make names of functions of them.
    expect(ids.filter((id) => !/^[a-z][A-Za-z0-9.]*$/.test(id))).to.deep.equal([]);
    expect(ids).to.include.members(['case.submit', 'getCasesByCaseNoEvents', 'postSessions']);
  });

  it('refers to nothing that is not there', () => {
    const text = JSON.stringify(document);
    const names = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map((match) => match[1]!);
    expect(names.length).to.be.greaterThan(50);
    for (const name of names) expect(document.components.schemas).to.have.property(name);
  });
});

describe('statuses', () => {
  it('gives every code one', () => {
    for (const status of Object.values(gatewayStatus)) expect(status).to.be.within(400, 599);
    for (const code of contractErrorCodes) expect(contractStatus(code)).to.be.within(400, 599);
    expect(contractStatus('OF_A_NEWER_CONTRACT')).to.equal(422);
  });
});

describe('peer failures', () => {
  const peer = { address: 'peer0:7051', mspId: 'DataMSP' };
  const failed = (code: number, message: string, details: object[] = []) =>
    toGatewayError(Object.assign(new TypeError(message), { code, details }));

  it('gives a contract’s refusal its own code, from whichever peer says it', () => {
    const message = 'chaincode response 500, WRONG_STATE: The present state does not allow that.';
    const error = failed(10, 'failed to endorse transaction', [{ ...peer, message }]);
    expect(error).to.include({
      name: 'ContractError',
      code: 'WRONG_STATE',
      message: 'The present state does not allow that.',
    });
    expect(failed(2, `evaluate call: ${message}`)).to.include({ code: 'WRONG_STATE' });
  });

  it('keeps the details that a contract gives', () => {
    const message = 'chaincode response 500, NOT_FOUND: There is none.\n{"kind":"case"}';
    expect(failed(10, 'x', [{ ...peer, message }])).to.deep.include({ details: { kind: 'case' } });
  });

  it('tells other failures by their status', () => {
    const codes = {
      4: 'PEER_TIMEOUT',
      14: 'PEER_UNAVAILABLE',
      8: 'PEER_UNAVAILABLE',
      10: 'ENDORSEMENT_FAILED',
      9: 'ENDORSERS_UNAVAILABLE',
      3: 'PEER_REFUSED',
    };
    for (const [status, code] of Object.entries(codes)) {
      expect(failed(Number(status), 'x')).to.include({ code });
    }
    const plain = failed(10, 'x', [{ ...peer, message: 'chaincode response 500, it broke' }]);
    expect(plain).to.include({ code: 'CONTRACT_REFUSED', message: 'it broke' });
    expect(toGatewayError(new TypeError('bug'))).to.include({ code: 'INTERNAL' });
    expect(peerFailure('nonsense')).to.equal(undefined);
  });
});

describe('too few departments', () => {
  const said = (code: number, ...messages: string[]) =>
    Object.assign(new TypeError('failed to collect enough'), {
      code,
      details: messages.map((message) => ({ address: 'peer0:7051', mspId: 'DataMSP', message })),
    });
  const gone = 'rpc error: code = Unavailable desc = connection error: desc = "refused"';

  it('to endorse are told from departments that refuse', () => {
    expect(toGatewayError(said(10, gone, gone))).to.include({ code: 'ENDORSERS_UNAVAILABLE' });
    const mismatch = 'ProposalResponsePayloads do not match';
    expect(toGatewayError(said(10, gone, mismatch))).to.include({ code: 'ENDORSEMENT_FAILED' });
  });

  it('that refuse the time say that a clock is wrong, where nobody says anything else', () => {
    const late =
      'request unauthorized due to incorrect timestamp 2026-11-30 06:11:53, peer time 2026-11-30 06:06:23, peer.authentication.timewindow 5m0s';
    const refused = toGatewayError(said(10, late, late));
    expect(refused).to.include({ code: 'TIME_REFUSED' });
    expect(refused.message).to.match(/clock.*set the clock.*peer time 2026-11-30 06:06:23/);
    expect(toGatewayError(said(10, late, gone))).to.include({ code: 'ENDORSEMENT_FAILED' });
    const evaluated = `evaluate call to endorser returned error: ${late}`;
    const own = Object.assign(new TypeError(evaluated), { code: 2 });
    expect(toGatewayError(own)).to.include({ code: 'TIME_REFUSED' });
  });

  it('that do not know this one say that the channel has it no more', () => {
    const unknown =
      'error validating proposal: access denied: channel [leave] creator org unknown, creator is malformed';
    const refused = toGatewayError(said(10, unknown, unknown));
    expect(refused).to.include({ code: 'IDENTITY_REFUSED' });
    expect(refused.message).to.match(/has it no more/);
    expect(toGatewayError(said(10, unknown, gone))).to.include({ code: 'IDENTITY_REFUSED' });
    const mismatch = 'ProposalResponsePayloads do not match';
    expect(toGatewayError(said(10, unknown, mismatch))).to.include({ code: 'ENDORSEMENT_FAILED' });
  });

  it('that agree are no verdict of the contract when the own peer accepted', () => {
    const behind = 'chaincode response 500, NOT_FOUND: There is no such record.';
    const others = 'failed to collect enough transaction endorsements, see attached details';
    expect(toGatewayError(Object.assign(said(10, behind, gone), { message: others }))).to.include({
      code: 'ENDORSEMENT_FAILED',
    });
    const own = 'failed to endorse transaction, see attached details for more info';
    expect(toGatewayError(Object.assign(said(10, behind), { message: own }))).to.include({
      code: 'NOT_FOUND',
    });
  });

  it('are none when all that a proposal names refuse, whose own peer was not asked', () => {
    const refusal = 'chaincode response 500, WRONG_STATE: The present state does not allow that.';
    const message = 'failed to collect enough transaction endorsements, see attached details';
    const from = (...said: [string, string][]) =>
      Object.assign(new TypeError(message), {
        code: 10,
        details: said.map(([mspId, text]) => ({ address: 'peer0:7051', mspId, message: text })),
      });
    const asked = ['DataMSP', 'HrssMSP'];
    const both = from(['DataMSP', refusal], ['HrssMSP', refusal]);
    expect(toGatewayError(both, asked)).to.include({ code: 'WRONG_STATE' });
    expect(toGatewayError(both)).to.include({ code: 'ENDORSEMENT_FAILED' });
    for (const others of [
      from(['DataMSP', refusal]),
      from(['DataMSP', refusal], ['HrssMSP', gone]),
    ]) {
      expect(toGatewayError(others, asked)).to.include({ code: 'ENDORSEMENT_FAILED' });
    }
  });

  it('to endorse in time are told from others that did not answer: nothing was sent', () => {
    expect(toEndorseError(said(4))).to.include({ code: 'ENDORSERS_UNAVAILABLE' });
    expect(toEndorseError(said(14))).to.include({ code: 'PEER_UNAVAILABLE' });
  });

  it('to order are told from a peer that is away', () => {
    expect(toSubmitError(said(14, gone))).to.include({ code: 'ORDERERS_UNAVAILABLE' });
    expect(toSubmitError(said(14))).to.include({ code: 'PEER_UNAVAILABLE' });
    expect(toSubmitError(said(10, gone))).to.include({ code: 'ENDORSERS_UNAVAILABLE' });
  });

  it('are told from orderers that have the transaction in a block', () => {
    const late = 'info=failed to submit request: request already processed';
    expect(isOrderedAlready(said(14, late, gone))).to.equal(true);
    expect(isOrderedAlready(said(14, gone))).to.equal(false);
    expect(isOrderedAlready(said(10, late))).to.equal(false);
  });
});

describe('the configuration', () => {
  it('has defaults, and lets the command line win over the environment', () => {
    expect(readConfig({}, {})).to.include({ state: '.yici', host: '127.0.0.1', port: 8080 });
    const env = { YICI_PORT: '9000', YICI_STATE: '/tmp/a' };
    expect(readConfig({ port: '0' }, env)).to.include({ port: 0, state: '/tmp/a' });
    const engine = readConfig({ topology: 't.yaml', listenPeers: false }, {}).engine;
    expect(engine).to.deep.equal({ kind: 'embedded', topology: 't.yaml', listen: false });
  });

  it('names every field that is wrong', () => {
    const error = failure(() => readConfig({ port: 'many', logLevel: 'loud' }, {}));
    expect(error.code).to.equal('CONFIG_INVALID');
    expect(error.message).to.contain('port').and.to.contain('logLevel');
    expect(error.words?.zh).to.match(/port：.*；logLevel：可填：/);
  });

  it('refuses a file that cannot be read', () => {
    const error = failure(() => readConfig({ config: '/nowhere/gateway.yaml' }, {}));
    expect(error.code).to.equal('CONFIG_INVALID');
  });
});
