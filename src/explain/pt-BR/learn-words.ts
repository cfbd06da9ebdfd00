/** The words of `synfin learn`. */

export function learnList(count: number): string {
  return `${count} lições de dez minutos:`;
}

export function learnHint(example: string): string {
  return `${example} começa pela primeira; um número ou um nome escolhe outra.`;
}

/** `place` of `count` sections. */
export function learnPlace(place: number, count: number): string {
  return `${place}/${count}`;
}

export function learnKeys(): string {
  return '[Enter: avançar, b: voltar, q: sair] ';
}

export function learnAnswerKeys(): string {
  return '[Enter: ver a resposta, b: voltar, q: sair] ';
}

export function learnEnd(next: string | null): string {
  return next === null ? 'Esta foi a última lição.' : `Fim da lição. A próxima: ${next}`;
}

export function learnUnknown(name: string, meant: string | null): string {
  return `não existe a lição '${name}'${meant === null ? '' : `; você quis dizer '${meant}'?`}`;
}

export function learnUnknownHint(): string {
  return 'synfin learn --list mostra todas';
}

export function learnMissing(): string {
  return 'as lições não estão nesta instalação';
}

/** `shows`: what a picture shows, which a terminal cannot. */
export function learnPicture(shows: string): string {
  return `(A página da lição tem aqui uma figura: ${shows}.)`;
}

/** Where a shell would be needed, or a file of the source is not there. */
export function learnFromPage(): string {
  return '(como está na página da lição)';
}

export function learnLive(scenario: string): string {
  return `Ao vivo: o cenário '${scenario}' é executado agora.`;
}

export function learnDiffers(): string {
  return '(Tempos e portas não são os do texto.)';
}

export function learnNotLive(): string {
  return 'Por isso é mostrada a gravação.';
}

/** For the same reason as a scenario before it. */
export function learnNotLiveAgain(): string {
  return 'Também não é possível, pelo mesmo motivo; é mostrada a gravação.';
}
