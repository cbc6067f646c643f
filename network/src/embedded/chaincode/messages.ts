import { peer } from '@hyperledger/fabric-protos';

export type ChaincodeMessage = peer.ChaincodeMessage;
export type MessageType = peer.ChaincodeMessage.TypeMap[keyof peer.ChaincodeMessage.TypeMap];

export const messageType = peer.ChaincodeMessage.Type;

const typeNames = new Map<number, string>(
  Object.entries(messageType).map(([name, value]) => [value, name]),
);

/** Fabric's name of a message kind, for error texts. */
export function typeName(type: MessageType): string {
  return typeNames.get(type) ?? String(type);
}

interface MessageParts {
  readonly type: MessageType;
  readonly payload?: Uint8Array;
  readonly txId?: string;
  readonly channel?: string;
}

export function chaincodeMessage(parts: MessageParts): ChaincodeMessage {
  const message = new peer.ChaincodeMessage();
  message.setType(parts.type);
  message.setTxid(parts.txId ?? '');
  message.setChannelId(parts.channel ?? '');
  if (parts.payload) {
    message.setPayload(parts.payload);
  }
  return message;
}
