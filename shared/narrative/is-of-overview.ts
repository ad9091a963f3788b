/** Whether a sentence is one of 概况, which is written from facts alone, by its id. */
export const isOfOverview = (sentence: string): boolean => /^(?:duties|profile)\./u.test(sentence);
