import { join } from 'node:path';
import {
  accessControlList,
  consenters,
  departmentPaths,
  ordererAddress,
  type Department,
  type Topology,
} from '@yici/network/testing';

const meta = (rule: string) => ({ Type: 'ImplicitMeta', Rule: rule });
const anyOf = (mspId: string, ...roles: string[]) => ({
  Type: 'Signature',
  Rule: `OR(${roles.map((role) => `'${mspId}.${role}'`).join(', ')})`,
});

/** The `configtx.yaml` an operator would write for this topology; JSON is YAML. */
export function configtxYaml(topology: Topology, directory: string): string {
  const common = {
    Readers: meta('ANY Readers'),
    Writers: meta('ANY Writers'),
    Admins: meta('MAJORITY Admins'),
  };
  const profile = {
    Policies: common,
    Capabilities: { V3_0: true },
    Orderer: {
      ...ordering(topology, directory),
      BatchTimeout: topology.batch.timeout,
      BatchSize: {
        MaxMessageCount: topology.batch.maxMessages,
        AbsoluteMaxBytes: topology.batch.absoluteMaxBytes,
        PreferredMaxBytes: topology.batch.preferredMaxBytes,
      },
      MaxChannels: 0,
      Capabilities: { V2_0: true },
      Policies: { ...common, BlockValidation: meta('ANY Writers') },
      Organizations: consenters(topology).map((department) => ({
        ...organization(department, directory),
        OrdererEndpoints: [ordererAddress(department)],
        Policies: {
          Readers: anyOf(department.mspId, 'member'),
          Writers: anyOf(department.mspId, 'member'),
          Admins: anyOf(department.mspId, 'admin'),
        },
      })),
    },
    Application: {
      ACLs: accessControlList,
      Capabilities: { V2_5: true },
      Policies: {
        ...common,
        Endorsement: meta('MAJORITY Endorsement'),
        LifecycleEndorsement: meta('MAJORITY Endorsement'),
      },
      Organizations: topology.departments.map((department) => ({
        ...organization(department, directory),
        AnchorPeers: [{ Host: department.host, Port: department.ports.peer }],
        Policies: {
          Readers: anyOf(department.mspId, 'admin', 'peer', 'client'),
          Writers: anyOf(department.mspId, 'admin', 'client'),
          Admins: anyOf(department.mspId, 'admin'),
          Endorsement: anyOf(department.mspId, 'peer'),
        },
      })),
    },
  };
  return JSON.stringify({ Profiles: { Channel: profile } }, undefined, 2);
}

function organization(department: Department, directory: string) {
  return {
    Name: department.mspId,
    ID: department.mspId,
    MSPDir: departmentPaths(directory, department.id).msp,
  };
}

function ordering(topology: Topology, directory: string) {
  const nodes = consenters(topology).map((department, index) => {
    const { msp, tls } = departmentPaths(directory, department.id).orderer;
    return {
      ID: index + 1,
      Host: department.host,
      Port: department.ports.orderer,
      MSPID: department.mspId,
      Identity: join(msp.certificate),
      ClientTLSCert: tls.certificate,
      ServerTLSCert: tls.certificate,
    };
  });
  if (topology.ordering === 'raft') {
    return {
      OrdererType: 'etcdraft',
      EtcdRaft: {
        Consenters: nodes.map(({ Host, Port, ClientTLSCert, ServerTLSCert }) => ({
          Host,
          Port,
          ClientTLSCert,
          ServerTLSCert,
        })),
      },
    };
  }
  return { OrdererType: 'BFT', ConsenterMapping: nodes, SmartBFT: smartBft(topology) };
}

function smartBft({ batch, bft }: Topology) {
  return {
    RequestBatchMaxCount: batch.maxMessages,
    RequestBatchMaxBytes: batch.absoluteMaxBytes,
    RequestBatchMaxInterval: batch.timeout,
    IncomingMessageBufferSize: bft.incomingMessageBufferSize,
    RequestPoolSize: bft.requestPoolSize,
    RequestForwardTimeout: bft.requestForwardTimeout,
    RequestComplainTimeout: bft.requestComplainTimeout,
    RequestAutoRemoveTimeout: '3m0s',
    ViewChangeResendInterval: bft.viewChangeResendInterval,
    ViewChangeTimeout: bft.viewChangeTimeout,
    LeaderHeartbeatTimeout: bft.leaderHeartbeatTimeout,
    LeaderHeartbeatCount: bft.leaderHeartbeatCount,
    CollectTimeout: bft.collectTimeout,
  };
}
