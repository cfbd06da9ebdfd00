/** System errors of sockets as sentences: what happened, and what to do about it. */
import { errorCode, UserError } from '../errors.js';
import { demoTexts } from '../explain/demo-texts.js';
import { formatEndpoint } from './endpoint.js';

export interface NetworkAttempt {
  /** The call that failed: binding a server, opening a connection, or sending on an open socket. */
  doing: 'listen' | 'connect' | 'send';
  protocol: 'TCP' | 'UDP';
  host: string;
  port: number;
}

/** The error as a UserError with `error` as its cause; an unknown one keeps its code in the sentence. */
export function networkError(error: unknown, attempt: NetworkAttempt): UserError {
  if (error instanceof UserError) return error;
  const code = errorCode(error);
  const where = formatEndpoint(attempt.host, attempt.port);
  const failure = { ...attempt, where };
  const known = isKnown(code) ? demoTexts.failures[code](failure) : null;
  const [message, hint] = known ?? [demoTexts.otherFailure(failure, code || String(error)), null];
  return new UserError(message, hint, { cause: error });
}

function isKnown(code: string): code is keyof typeof demoTexts.failures {
  return Object.hasOwn(demoTexts.failures, code);
}
