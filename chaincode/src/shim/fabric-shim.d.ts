/** What fabric-shim 2.5.8 has and its types do not say: its handler of one stream, and what is set on its stubs. */
declare module 'fabric-shim/lib/handler.js' {
  export class ChaincodeMessageHandler {
    _stream: { on(event: 'data', listener: (message: unknown) => void): unknown };
    chat(first: unknown): void;
    /** Sends a request when it is its turn in the transaction; gives the payload of the peer's RESPONSE. */
    _askPeerAndListen(message: unknown, method: string): Promise<unknown>;
  }
}
