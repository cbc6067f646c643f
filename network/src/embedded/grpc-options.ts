/** Fabric's limit for one message, both ways (comm.MaxRecvMsgSize). */
export const maxMessageBytes = 100 * 1024 * 1024;

/** Options of every channel and server of the peer. */
export const grpcLimits = {
  'grpc.max_receive_message_length': maxMessageBytes,
  'grpc.max_send_message_length': maxMessageBytes,
};
