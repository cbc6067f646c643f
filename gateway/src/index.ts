export { ContractError, GatewayError, gatewayErrorCodes, type GatewayErrorCode } from './errors.js';
export type { DeliverKind, PeerFailure, PeerFailureDetail, PeerGateway } from './peer/port.js';
