/** Words for what synfin measures and concludes, as terms. */
import type { TermText } from '../terms/names.js';

export const measureTexts = {
  'connect time': {
    title: 'do primeiro SYN ao ACK que completa o handshake (tempo de conexão)',
    what: 'Inclui um tempo de ida e volta e toda a espera por SYNs repetidos. No cliente, é o que connect() demora, mais a saída do ACK. Uma captura no meio do caminho dá a mesma soma.',
    why: 'Conexão lenta é a rede, uma fila de accept cheia ou um SYN perdido (aí, 1 s ou mais). O programa do servidor não tem parte nisso: a demora dele é o tempo de resposta.',
  },
  'response time': {
    title: 'do último byte de um pedido ao primeiro byte da resposta (tempo de resposta)',
    what: 'Pedido são dados do cliente; resposta, dados do servidor. De cada conexão: o primeiro, a mediana e o maior. Perto do servidor, é o tempo do programa; em outro ponto, inclui também um tempo de ida e volta.',
    why: 'Junto com o tempo de conexão, separa a rede do servidor: conexão rápida e resposta lenta é o programa, ou aquilo que ele espera.',
  },
  'capture point': {
    title: 'onde a captura foi feita: perto do cliente, perto do servidor, no meio',
    what: 'Vem das duas partes do handshake: perto do cliente, o SYN-ACK demora a chegar e o ACK sai logo; perto do servidor, é o contrário.',
    why: 'Os tempos, e o que se perdeu antes ou depois desse ponto, significam outra coisa em cada lado. É nulo quando o handshake não o mostra, por exemplo no loopback.',
  },
  evidence: {
    title: 'os pacotes em que um veredito se apoia, pelo número (evidência)',
    what: 'De um reset: o segmento a que ele responde, ou o que o receptor tinha e o emissor não. Os números são os do Wireshark; --explain e a página do relatório os mostram.',
    why: 'Você mesmo pode conferir o veredito. A evidência de uma resposta vem do outro lado, ou do tempo: nunca só do próprio RST.',
  },
  confidence: {
    title: 'o quanto a causa de um reset é segura: high, medium ou low (confiança)',
    what: 'high: os pacotes excluem outras causas, ou elas são muito raras. medium: outra causa teria aqui a mesma aparência. low: só um sinal aponta para ela. `alternatives` traz as causas não excluídas.',
    why: 'Duas causas podem enviar o mesmo RST. Então a frase diz "ou" ou "provavelmente"; se nada decide, a causa é cannot-tell.',
  },
} as const satisfies Readonly<Record<string, TermText>>;
