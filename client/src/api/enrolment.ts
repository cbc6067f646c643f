import { enrolmentAsked, enrolmentState, type EnrolmentAsked } from '@yici/api';
import { answerCheck } from '@yici/ledger';
import { ClientError } from '../errors.js';
import { createHttp } from './http.js';

/** What became of a request; `check` is compared with what the registrar's command printed, since the gateway brings the answer. */
export type EnrolmentAnswer =
  | { readonly state: 'waiting' }
  | {
      readonly state: 'issued';
      readonly certificate: string;
      readonly connection: string;
      readonly check: string;
    };

export interface Enrolments {
  /** Asks for a certificate by a PKCS#10 request in PEM. */
  ask(csr: string): Promise<EnrolmentAsked>;
  /** Undefined when the gateway knows no such request, or its time has run out. */
  collect(number: string, code: string): Promise<EnrolmentAnswer | undefined>;
}

/** Requests for certificates at a gateway, by whoever has none yet. Methods throw as {@link Http.call}. */
export function enrolments(baseUrl: string): Enrolments {
  const http = createHttp(baseUrl);
  return {
    ask: (csr) => http.call(enrolmentAsked, '/v1/enrolments', { method: 'POST', body: { csr } }),
    async collect(number, code) {
      const path = `/v1/enrolments/${encodeURIComponent(number)}/collect`;
      try {
        const found = await http.call(enrolmentState, path, { method: 'POST', body: { code } });
        if (found.state === 'waiting') return { state: 'waiting' };
        return { ...found, check: answerCheck(found.certificate, found.connection) };
      } catch (error) {
        const known = error instanceof ClientError && error.details['code'] === 'RECORD_NOT_FOUND';
        if (known) return undefined;
        throw error;
      }
    },
  };
}
