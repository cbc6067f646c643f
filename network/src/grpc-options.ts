/** Fabric's limit for one message, both ways (comm.MaxRecvMsgSize). */
const maxMessageBytes = 100 * 1024 * 1024;

/** Options of every channel to a peer or to chaincode: blocks come through them. */
export const grpcLimits = {
  'grpc.max_receive_message_length': maxMessageBytes,
  'grpc.max_send_message_length': maxMessageBytes,
};

/** Beside an envelope of the channel's AbsoluteMaxBytes: headers, and packages of chaincode. */
const requestMargin = 6 * 1024 * 1024;

/** Options of a server of the peer, to which strangers can connect: no request is longer than the channel has use for. */
export const serverLimits = (absoluteMaxBytes: number): Record<string, number> => ({
  'grpc.max_receive_message_length': absoluteMaxBytes + requestMargin,
  'grpc.max_send_message_length': maxMessageBytes,
  /** Open calls of one connection: as many as a department's peer of Fabric is set to take. */
  'grpc.max_concurrent_streams': 4_000,
});
