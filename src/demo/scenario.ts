/** A scenario: server and client in this process, and traffic between them that is known beforehand. */
import type { ScenarioName } from '../explain/terms/scenarios.js';
import type { Need } from './needs.js';
import type { Step } from './step.js';

export type ScenarioMoment =
  /** The client is about to connect; its port is not known yet (0). */
  | 'connecting'
  /** The handshake is done on both sides, nothing was sent yet. */
  | 'connected'
  /** The first FIN was sent and acknowledged, the second was not sent yet. */
  | 'between-fins'
  /** Both sockets are closed; what remains is the kernel's (TIME-WAIT). */
  | 'closed';

export interface ScenarioContext {
  /** Ends the scenario early: everything is closed and `run` rejects with an AbortError. */
  signal: AbortSignal;
  /** Called for each step: what was called or came, and why. */
  log(step: Step): void;
  /** Awaited at each moment of the scenario; meanwhile the connection does not change. */
  at?(moment: ScenarioMoment, ports: { client: number; server: number }): Promise<void>;
}

/** Title and expectation of each are of `demoTexts.scenarios`. */
export interface Scenario {
  name: Exclude<ScenarioName, 'udp-simple'>;
  protocol: 'tcp' | 'udp';
  /** What it requires (`whyUnavailable` checks it); by default it runs everywhere. */
  needs?: Need;
  /** Address to use where none is given; default DEFAULT_HOST. */
  host?: string;
  /**
   * Takes the server's port (0, the default: any free one) and sends nothing yet, so that a capture can be
   * started on that port. Throws a UserError.
   */
  prepare(host: string, port?: number): Promise<PreparedScenario>;
}

export interface PreparedScenario {
  /** The server's address and port, numeric. */
  readonly host: string;
  readonly port: number;
  /** Which packets belong to it, as tcpdump takes it, where the server's port alone does not say. */
  readonly filter?: string;
  /** How many bytes of each packet have to be captured, where the headers are not enough. */
  readonly snaplen?: number;
  /** Makes the traffic; resolves when both sides are closed. To be called once. Throws a UserError. */
  run(context: ScenarioContext): Promise<void>;
  /** Frees the port where `run` was not called; harmless after it. */
  close(): Promise<void>;
}
