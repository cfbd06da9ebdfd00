/** Why a demo, or one of its programs, cannot run here. */
import type { Sentences } from '../../error-kinds/all.js';
import type { DEMO_ERRORS, NEED_ERRORS } from '../../error-kinds/demo.js';

const NAMESPACE = 'Este cenário precisa de um namespace de rede próprio';

export const NEEDS: Sentences<typeof NEED_ERRORS> = {
  'needs-linux': () => 'Este cenário precisa do Linux.',
  'needs-ipv6': ({ system }) => [
    `Este cenário precisa de IPv6 na loopback: ::1 não pode ser usado (${system}).`,
    'No Linux: sudo sysctl net.ipv6.conf.lo.disable_ipv6=0',
  ],
  'namespace-linux': () => `${NAMESPACE}, que só o Linux tem.`,
  'namespace-root': () => `${NAMESPACE}: só root pode criar um.`,
  'namespace-refused': ({ why }, said) => `${NAMESPACE}, que não pode ser criado aqui: ${said(why)}`,
  'needs-program': (values) => [
    `Este cenário precisa do programa ${values.name}, que não está instalado.`,
    `Instale o pacote ${values.package}.`,
  ],
  'needs-koffi': () =>
    'Este cenário precisa do pacote npm koffi, que não está instalado ou não tem versão para esta máquina.',
  'call-outside-namespace': () => 'Esta chamada não alcança o namespace de rede deste cenário.',
  'browser-outside-namespace': () => 'Um navegador não alcança o namespace de rede deste cenário.',
};

export const DEMO: Sentences<typeof DEMO_ERRORS> = {
  'no-fast-open': () => 'Este sistema não tem TCP Fast Open para clientes.',
  'queue-not-filled': () => 'A fila de conexões não pode ser enchida neste sistema.',
  'setting-refused': ({ name }) => `${name} não pode ser definido aqui.`,
  'network-refused': ({ program, why }, said) =>
    `A rede deste cenário não pode ser preparada: ${program}: ${said(why)}`,
  'not-in-namespace': () => 'Este cenário só é executado em um namespace de rede próprio.',
  'server-without-port': () => 'O servidor não tem porta.',
  'host-empty': () => ['O host está vazio.', 'Informe um endereço ou um nome, p. ex. --host 127.0.0.1'],
  'not-a-port': ({ source, port, least }) => [
    `${source} ${JSON.stringify(port)} não é uma porta: deve ser um número inteiro de ${least} a 65535.`,
    least === 0 ? 'A porta 0 usa qualquer porta livre.' : null,
  ],
  'no-scenario': ({ protocol, name, scenarios }) => [
    `Não existe o cenário ${protocol} ${JSON.stringify(name)}.`,
    `Cenários: ${scenarios.join(', ')}`,
  ],
};
