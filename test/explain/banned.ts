/** European words, words translated by machine, and false friends: reference of terms. */
export const BANNED =
  /(?<!\p{L})(?:ligaç(?:ão|ões)|ficheiros?|utilizador(?:es)?|aperto de mão|soquetes?|portos?|tramas?|octetos?|anfitrião|hospedeiros?|telas? azul|quatro vias|semiabertas?|espúri[ao]s?|acusad[ao]s?|reiniciad[ao]s?|redefinid[ao]s?|derrubad[ao]s?|dropad[ao]s?|secção|facto|contacto|registo|receção|controlo|atualmente|eventualmente|suporta|em voo|no fio|está a|estão a|ecrã|gap|peer|stack)(?!\p{L})/iu;
