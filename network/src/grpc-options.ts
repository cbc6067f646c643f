/** Fabric's limit for one message, both ways (comm.MaxRecvMsgSize). */
const maxMessageBytes = 100 * 1024 * 1024;

/** Channel options for connections to a peer or chaincode; they transfer blocks. */
export const grpcLimits = {
  'grpc.max_receive_message_length': maxMessageBytes,
  'grpc.max_send_message_length': maxMessageBytes,
};

/** Allowance above the channel's AbsoluteMaxBytes: headers and chaincode packages. */
const requestMargin = 6 * 1024 * 1024;

/** Options of a peer's server, to which unknown clients can connect: limits the request size to what the channel allows. */
export const serverLimits = (absoluteMaxBytes: number): Record<string, number> => ({
  'grpc.max_receive_message_length': absoluteMaxBytes + requestMargin,
  'grpc.max_send_message_length': maxMessageBytes,
  /** Concurrent calls per connection; the same limit as in the settings of a native peer. */
  'grpc.max_concurrent_streams': 4_000,
});
