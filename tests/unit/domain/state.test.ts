import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldName, nameOf, oneTypoAway, resolveState } from '../../../src/domain/calendar/state.ts';
import { shippedFacts } from '../../support/shipped.ts';

const states = [...(await shippedFacts()).states.values()];

function found(typed: string): string {
  const answer = resolveState(typed, states);
  return 'state' in answer ? answer.state.code : `? ${answer.candidates.map((state) => state.code).join(' ')}`.trim();
}

describe('A State is found', () => {
  test('by each of its codes and names in the six languages, unless the bot must ask', () => {
    const asked = new Set(['COG', 'GIN']);
    for (const state of states) {
      const typed = [state.code, state.iso2, ...(asked.has(state.code) ? [] : Object.values(state.names)), ...state.aliases];
      for (const name of typed) expect([name, found(name)]).toEqual([name, state.code]);
    }
  });

  test.each([
    ['Kenya', 'KEN'],
    ['kenya', 'KEN'],
    ['  KENYA ', 'KEN'],
    ['ke', 'KEN'],
    ["Cote d'Ivoire", 'CIV'],
    ['cote divoire', 'CIV'],
    ['Côte d’Ivoire', 'CIV'],
    ['Turkey', 'TUR'],
    ['turkiye', 'TUR'],
    ['TÜRKİYE', 'TUR'],
    ['DPRK', 'PRK'],
    ['North Korea', 'PRK'],
    ['USA', 'USA'],
    ['Estados Unidos de America', 'USA'],
    ['États-Unis', 'USA'],
    ['Кения', 'KEN'],
    ['肯尼亚', 'KEN'],
    ['كينيا', 'KEN'],
    ['The Gambia', 'GMB'],
    [' the gambia', 'GMB'],
    ['(The) Gambia', 'GMB'],
    ['Niger', 'NER'],
    ['Sudan', 'SDN'],
    ['Samoa', 'WSM'],
    ['Dominica', 'DMA'],
    ['Oman', 'OMN'],
    ['Mali', 'MLI'],
    ['Ｋｅｎｙａ', 'KEN'],
    ['Bosnia & Herzegovina', 'BIH'],
  ])('by %j', (typed, code) => {
    expect(found(typed)).toBe(code);
  });

  test.each([
    ['Afghan', 'AFG'],
    ['Tanzania', 'TZA'],
    ['Herzegovina', 'BIH'],
  ])('by %j, a part that no other has', (typed, code) => {
    expect(found(typed)).toBe(code);
  });
});

describe('The bot asks', () => {
  test.each([
    ['Korea', ['KOR', 'PRK']],
    ['Congo', ['COD', 'COG']],
    ['Guinea', ['GIN', 'GNB', 'GNQ', 'PNG']],
    ['Corée', ['KOR', 'PRK']],
    ['Guinée', ['GIN', 'GNB', 'GNQ', 'PNG']],
    ['Guinea ', ['GIN', 'GNB', 'GNQ', 'PNG']],
    ['Конго', ['COD', 'COG']],
    ['刚果', ['COD', 'COG']],
  ])('which State is meant by %j', (typed, codes) => {
    const answer = resolveState(typed, states);

    expect('candidates' in answer && answer.candidates.map((state) => state.code).sort()).toEqual(codes);
  });

  test('puts the State of that very name first', () => {
    expect(found('Congo')).toBe('? COG COD');
    expect(found('Guinea')).toMatch(/^\? GIN /);
  });

  test.each([
    ['Kenia', 'KEN'],
    ['Knya', 'KEN'],
    ['Keyna', 'KEN'],
    ['Kenyaa', 'KEN'],
    ['Afganistan', 'AFG'],
    ['Nigerai', 'NGA'],
  ])('whether %j, one typing error away, was meant', (typed, code) => {
    expect(found(typed).split(' ')).toContain(code);
  });

  test('with no more than eight to choose from', () => {
    const answer = resolveState('republic', states);

    expect('candidates' in answer && answer.candidates).toHaveLength(8);
  });
});

describe('Hostile input', () => {
  test.each([
    ['nothing', ''],
    ['blanks', ' \t\n '],
    ['marks only', '!?‽…'],
    ['six thousand letters', 'a'.repeat(6000)],
    ['six thousand accents', `e${'\u0301'.repeat(6000)}`],
    ['SQL', "Kenya'; drop table states; --"],
    ['a path', '../../etc/passwd'],
    ['a mention', '<@&123> @everyone'],
    ['half a surrogate pair', '\ud83d'],
    ['a name of an object', '__proto__'],
  ])('of %s finds nothing and harms nothing', (_what, typed) => {
    expect(found(typed)).toBe('?');
  });

  test.each([
    ['right-to-left marks', '\u200fكينيا\u200f', 'KEN'],
    ['an override of direction', '\u202eKenya\u202c', 'KEN'],
    ['zero-width spaces', 'Ke\u200bny\u200ba', 'KEN'],
    ['soft hyphens', 'Afgha\u00adni\u00adstan', 'AFG'],
    ['a byte order mark', '\ufeffKenya', 'KEN'],
    ['no-break spaces', 'Sri\u00a0Lanka', 'LKA'],
  ])('a copied name with %s is still that name', (_what, typed, code) => {
    expect(found(typed)).toBe(code);
  });

  test('of any kind never throws, and answers in time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (typed) => {
        expect(found(typed)).toMatch(/^(\?|[A-Z]{3})/);
      }),
      { numRuns: 200 },
    );
  });
});

describe('One typing error', () => {
  test('is a letter too many, too few, wrong, or swapped with the next', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 2, maxLength: 12 }), fc.nat(), fc.constantFrom('x', 'é', 'z'), (name, place, letter) => {
        const at = place % name.length;

        expect(oneTypoAway(name, name.slice(0, at) + letter + name.slice(at))).toBe(true);
        expect(oneTypoAway(name, name.slice(0, at) + name.slice(at + 1))).toBe(true);
        expect(oneTypoAway(name, name.slice(0, at) + letter + name.slice(at + 1))).toBe(true);
        expect(oneTypoAway(name, name.slice(0, at) + (name[at + 1] ?? '') + (name[at] ?? '') + name.slice(at + 2))).toBe(true);
      }),
    );
  });

  test('is not two', () => {
    expect(
      [
        ['kenya', 'kemia'],
        ['iran', 'irka'],
        ['abcd', 'badc'],
        ['kenya', 'kenyaxx'],
      ].some(([a = '', b = '']) => oneTypoAway(a, b)),
    ).toBe(false);
  });
});

describe('A name', () => {
  test('folded twice is as folded once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        expect(foldName(foldName(text))).toBe(foldName(text));
      }),
    );
  });

  test('is given in the language of the reader, else in English', () => {
    const kenya = states.find((state) => state.code === 'KEN');

    expect(kenya && [nameOf(kenya, 'ar'), nameOf(kenya, 'fr-CH'), nameOf(kenya, 'sw')]).toEqual(['كينيا', 'Kenya', 'Kenya']);
  });
});
