/** A connection that is seen under other addresses as well, in words. */
import type { Finding } from '../../track/memory/finding-log.js';
import type { TwinReport } from '../../verdict/twin.js';
import { endName } from './ends.js';

/** Each with its gender: `outro endereço de cliente`, `outra porta de servidor`. */
const CHANGES: Readonly<Record<string, string>> = {
  'client.address': 'outro endereço de cliente',
  'client.port': 'outra porta de cliente',
  'server.address': 'outro endereço de servidor',
  'server.port': 'outra porta de servidor',
};

/** `outro endereço de cliente e outra porta de servidor`. */
function changedText(changed: readonly string[]): string {
  const words = changed.map((name) => CHANGES[name] ?? name);
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} e ${words.at(-1)}`;
}

/** How a connection began whose first segment belongs to another one. */
export function twinOpening({ index, changed, shows, answers }: TwinReport): string {
  const under = `com ${changedText(changed)}`;
  if (shows === 'other-direction') return `a da conexão ${index}, da qual este é o outro sentido, ${under}`;
  return answers
    ? `nenhuma própria: o SYN-ACK responde ao SYN da conexão ${index}, ${under}`
    : `nenhuma própria: tem os números da conexão ${index}, ${under}`;
}

/** What is to be added to "sem resposta". */
export function answeredElsewhere(twin: TwinReport | null): string {
  if (twin === null || twin.second || !twin.answers) return '';
  return `; um SYN-ACK com seus números veio com ${changedText(twin.changed)} (conexão ${twin.index})`;
}

export function twinFindingSentence({ values = {} }: Finding): string {
  const { index, shows } = values;
  const changed = changedText(String(values.changed).split(' '));
  if (shows === 'both-sides') {
    return `tem os números da conexão ${index} com ${changed}: uma só conexão, capturada dos dois lados de uma tradução de endereços`;
  }
  if (shows === 'other-direction') {
    return `é a mesma conexão que a ${index}, cujo outro sentido tem ${changed}: só um sentido foi traduzido onde foi capturado`;
  }
  if (values.second === 0) {
    return values.answers === 1
      ? `seu SYN é respondido com ${changed} (conexão ${index}): a resposta não foi traduzida de volta, por isso o cliente não a aceita`
      : `um segmento com seus números veio com ${changed} (conexão ${index}): não passou pela tradução de endereços`;
  }
  return values.answers === 1
    ? `responde ao SYN da conexão ${index} com ${changed}: a resposta não foi traduzida de volta, por isso o cliente a recusa`
    : `tem os números da conexão ${index} com ${changed}: não passou pela tradução de endereços`;
}

/** Why such a connection was reset. */
export function twinResetCause(cause: string, by: 'client' | 'server', twin: TwinReport): string {
  const { index, changed } = twin;
  const under = `com ${changedText(changed)}`;
  if (cause === 'rejected-syn-ack')
    return `o ${endName(by)} não contatou este endereço: o SYN-ACK responde ao SYN da conexão ${index} ${under}`;
  return `tem os números da conexão ${index} ${under}, e não passou pela tradução de endereços`;
}
