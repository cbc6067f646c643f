/** Requests for certificates, which the department's registrar answers by a command beside the gateway (@yici/network). */
export interface Enrolments {
  /** Whether a request would be kept. @throws LedgerError MALFORMED_IDENTITY, NetworkError ENROLMENT_REFUSED */
  read(csr: string): { readonly number: string; readonly user: string };
  /** Keeps it. Errors as `read`, and those of the disk. */
  ask(csr: string): { readonly number: string; readonly code: string; readonly expiresAt: string };
  /** What the registrar certifies; undefined for an unknown number, or after its time. */
  find(number: string):
    | {
        readonly number: string;
        readonly user: string;
        readonly csr: string;
        readonly expiresAt: string;
      }
    | undefined;
  /** Keeps the registrar's answer. @throws NetworkError ENROLMENT_REFUSED when there is one, and errors of the disk */
  answer(given: {
    readonly number: string;
    readonly certificate: string;
    readonly connection: string;
  }): void;
  /** Undefined for an unknown number, a wrong code, or after its time. */
  collect(
    number: string,
    code: string,
  ):
    | {
        readonly request: { readonly user: string; readonly expiresAt: string };
        readonly answer?: { readonly certificate: string; readonly connection: string };
      }
    | undefined;
  /** Removes what has run out of time. */
  sweep(): void;
}
