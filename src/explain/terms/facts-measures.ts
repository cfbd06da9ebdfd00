/** Words for what synfin measures and concludes: sources, scenarios, synonyms. */
import type { TermFacts } from './names.js';

export const measureFacts = {
  'connect time': {
    rfc: ['9293 3.5'],
    where: 'opening.connectTime > 200ms',
    picture: 'handshake',
    see: ['simple'],
    also: ['handshake', 'response time', 'round trip', 'capture point'],
    aliases: ['handshake time', 'connection time', 'tempo de conexão', 'opening.connectTime', 'connect_time'],
  },
  'response time': {
    where: 'response.median > 200ms',
    see: ['slow-server'],
    also: ['connect time', 'round trip', 'delayed ACK'],
    aliases: ['server response time', 'time to first byte', 'TTFB', 'tempo de resposta'],
  },
  'capture point': {
    where: 'opening.capturePoint == "near-client"',
    also: ['round trip', 'connect time'],
    aliases: ['vantage point', 'ponto de captura', 'opening.capturePoint', 'capture_point'],
  },
  evidence: {
    see: ['refused'],
    also: ['confidence', 'cannot-tell'],
    aliases: ['evidência', 'closing.reset.evidence'],
  },
  confidence: {
    where: 'closing.reset.confidence == "low"',
    see: ['refused'],
    also: ['evidence', 'cannot-tell'],
    aliases: [
      'alternatives',
      'alternativas',
      'confiança',
      'closing.reset.confidence',
      'reset_confidence',
      'closing.reset.alternatives',
    ],
  },
} as const satisfies Readonly<Record<string, TermFacts>>;
