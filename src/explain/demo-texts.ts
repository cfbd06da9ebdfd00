/** The words of the demos, by language: loaded for them alone, and checked by the compiler as `Phrases` is. */
import { type DemoTexts as AllTexts, demoTexts as english } from './en/demo-texts.js';
import type { Language } from './language-names.js';

export type { ScenarioText } from './en/demo-scenarios.js';
export type { DemoRole } from './en/demo-steps.js';

declare const ofSteps: unique symbol;

/** A text of `demoTexts.steps`. The type accepts no other string, so that every step has a text in each language. */
export type StepText = string & { readonly [ofSteps]: true };

type Steps = AllTexts['steps'];
export interface DemoTexts extends Omit<AllTexts, 'steps'> {
  steps: { [Name in keyof Steps]: (...values: Parameters<Steps[Name]>) => StepText };
}

const OTHERS: Record<Exclude<Language, 'en'>, () => Promise<AllTexts>> = {
  'pt-BR': async () => (await import('./pt-BR/demo-texts.js')).demoTexts,
};

/** In the language in use. A live binding, as `phrases` is. */
export let demoTexts: DemoTexts = english as DemoTexts;

export async function useDemoTexts(language: Language): Promise<void> {
  demoTexts = (language === 'en' ? english : await OTHERS[language]()) as DemoTexts;
}
